package io.towncrier.fleet.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.towncrier.contract.Contract;
import io.towncrier.devices.Device;
import io.towncrier.fleet.DeviceList;
import io.towncrier.fleet.ExportLines;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract shows an export as it is written. */
@Tag("zoneless")
class ExportExamplesTest {
  private static final String PSEUDONYM = "q3Zr8Yw0_kPc1vTeXb5mAg";
  private static final DeviceList.Listed ROUTER =
      new DeviceList.Listed(
          "dev_of_this_router",
          Device.Kind.ROUTER,
          "towncrier_ax3000",
          "1.2.0",
          Optional.of("DE"),
          Optional.of("Europe/Berlin"),
          Optional.of("de"),
          "stable",
          Optional.of("v5"),
          true,
          false,
          false,
          Instant.parse("2026-05-04T08:00:00Z"),
          LocalDate.parse("2026-05-04"));

  @Test
  void asCsv() {
    // YAML has no carriage return at the end of a line.
    assertThat(example("text/csv")).isEqualTo(written(new CsvLines()).replace("\r\n", "\n"));
  }

  @Test
  void asLinesOfJson() {
    JsonMapper json =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    assertThat(example("application/x-ndjson")).isEqualTo(written(new NdjsonLines(json)));
  }

  private static String written(ExportLines lines) {
    return lines.head() + lines.line(PSEUDONYM, ROUTER);
  }

  private static String example(String mediaType) {
    return Contract.committed().example("getDeviceExportPart", mediaType);
  }
}
