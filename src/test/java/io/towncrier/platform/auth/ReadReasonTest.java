package io.towncrier.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.ProblemException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReadReasonTest {
  @Test
  void aReasonIsReadAsAPersonWroteIt() {
    assertThat(ReadReason.required("CASE-4711, a+b")).isEqualTo("CASE-4711, a+b");
    assertThat(ReadReason.required("f%C3%BCr J%C3%B6rg, 50%25")).isEqualTo("für Jörg, 50%");
    assertThat(ReadReason.required("50% of them, 100%")).isEqualTo("50% of them, 100%");
  }

  @Test
  void itsLengthIsThatOfWhatAPersonWrote() {
    String chinese = "客户询问为何没有收到更新".repeat(20);
    String header = URLEncoder.encode(chinese, StandardCharsets.UTF_8);
    assertThat(header.length()).isGreaterThan(2_000);
    assertThat(ReadReason.required(header)).isEqualTo(chinese);
    assertThatThrownBy(() -> ReadReason.required(header.repeat(3)))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void anEscapeHidesNoLineAndNoEmptyReason() {
    assertThatThrownBy(() -> ReadReason.required("one%0Atwo")).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> ReadReason.required("%20%20")).isInstanceOf(ProblemException.class);
  }
}
