package io.towncrier.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeriodicJobsTest {
  @Test
  void aTickGoesByTheOrderWhateverGroupComesFirst() {
    PeriodicJobs jobs =
        new PeriodicJobs(
            List.of(
                () -> List.of(job("artifactsVerified"), job("eventsSent")),
                () -> List.of(job("deliveries"), job("announced"), job("marked"))));
    assertThat(jobs.inOrder())
        .extracting(PeriodicJob::name)
        .containsExactly("marked", "announced", "deliveries", "eventsSent", "artifactsVerified");
    assertThat(jobs.of(Cadence.MARK)).hasSize(5);
    assertThat(jobs.of(Cadence.TIDY)).isEmpty();
  }

  @Test
  void aJobWithoutAPlaceIsMissed() {
    PeriodicJobs jobs = new PeriodicJobs(List.of(() -> List.of(job("forgotten"))));
    assertThatThrownBy(jobs::inOrder).hasMessageContaining("forgotten");
    assertThat(PeriodicJobs.ORDER).doesNotHaveDuplicates();
  }

  private static PeriodicJob job(String name) {
    return new PeriodicJob(name, Cadence.MARK, name, hasTime -> Uni.createFrom().item(0L));
  }
}
