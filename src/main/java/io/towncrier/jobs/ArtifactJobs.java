package io.towncrier.jobs;

import io.towncrier.artifacts.TidyArtifacts;
import io.towncrier.artifacts.VerifyArtifacts;
import jakarta.inject.Singleton;
import java.util.List;

/** What becomes of artifacts when it is time. */
@Singleton
class ArtifactJobs implements JobGroup {
  private final VerifyArtifacts verify;
  private final TidyArtifacts tidy;

  ArtifactJobs(VerifyArtifacts verify, TidyArtifacts tidy) {
    this.verify = verify;
    this.tidy = tidy;
  }

  @Override
  public List<PeriodicJob> jobs() {
    return List.of(verify(), tidy());
  }

  /** Compares complete uploads with what was announced. */
  private PeriodicJob verify() {
    return new PeriodicJob("artifactsVerified", Cadence.ARTIFACTS, verify, verify::run);
  }

  /** Removes uploads that were abandoned, and artifacts that nothing refers to. */
  private PeriodicJob tidy() {
    return new PeriodicJob("artifactsTidied", Cadence.TIDY, tidy, tidy::run);
  }
}
