package io.towncrier.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemExceptionTest {
  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void whatIsUnavailableAlwaysSaysWhenToComeAgain(ProblemCode code) {
    assertThat(code.with("detail").asException().retryAfter().isPresent())
        .isEqualTo(code.status() == 503);
    assertThat(code.with("detail").asException(Duration.ofSeconds(3)).retryAfter())
        .contains(Duration.ofSeconds(3));
  }
}
