package io.towncrier.privacy.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.devices.PushAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The register of processors. */
@Tag("zoneless")
class ProcessorsTest {
  private static final Processors OWN = Processors.own();

  @Test
  void eachProcessorHasAPurposeARegionAndAnErasure() {
    assertThat(OWN.all()).extracting(Processor::id).contains("fcm", "apns", "aws");
    assertThat(OWN.all())
        .extracting(Processor::id)
        .containsAll(PushAddress.PROVIDERS)
        .doesNotHaveDuplicates();
    for (String line :
        List.of(
            "x,X,,texts,here,x.example,deleted",
            "x,X,sends,texts,,x.example,deleted",
            "x,X,sends,texts,here,x.example,",
            "x,X,sends,texts,here,x.example")) {
      assertThatThrownBy(() -> Processors.parse(List.of(line)))
          .as(line)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aHostIsKnownWhenItStandsInTheRegister() {
    assertThat(OWN.isKnown("fcm.googleapis.com")).isTrue();
    assertThat(OWN.isKnown("restapi.getui.com")).isTrue();
    assertThat(OWN.isKnown("sqs.eu-central-1.amazonaws.com")).isTrue();
    for (String other :
        List.of("googleapis.com", "evil-amazonaws.com", "fcm.googleapis.com.example", "")) {
      assertThat(OWN.isKnown(other)).as(other).isFalse();
    }
  }

  @Test
  void thePageIsMadeOfTheRegister() throws IOException {
    String made = ProcessorsPage.of(OWN);
    Files.writeString(Path.of("target", "processors.md"), made);
    assertThat(Files.readString(Path.of("docs", "processors.md")))
        .as("If this change is meant: cp target/processors.md docs/processors.md")
        .isEqualTo(made);
  }
}
