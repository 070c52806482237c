package io.towncrier.outcomes.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.outcomes.OutcomeSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How settings are shown. */
class PolicyBodyTest {
  @Test
  void percentAreShownAsTheyWereWritten() {
    for (int tenths = 1; tenths < 1_000; tenths++) {
      double percent = tenths / 10.0;
      PolicyBody.Read read = written(percent).read(null);

      assertThat(PolicyBody.Shown.of(read.settings(), 1).failures()).contains(percent);
    }
  }

  @Test
  void whatIsNotSetIsNotShown() {
    assertThat(PolicyBody.Shown.of(OutcomeSettings.NONE, 0).failures()).isEqualTo(Optional.empty());
  }

  private static PolicyBody written(double failures) {
    return new PolicyBody(0, null, null, null, null, null, null, failures, null, null);
  }
}
