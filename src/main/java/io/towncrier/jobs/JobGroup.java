package io.towncrier.jobs;

import java.util.List;

/** Jobs of one subject. */
interface JobGroup {
  /** In any order: {@link PeriodicJobs} has it. */
  List<PeriodicJob> jobs();
}
