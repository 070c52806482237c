package io.towncrier.fleet.rest;

import io.towncrier.fleet.DeviceList;
import io.towncrier.fleet.ExportFormat;
import io.towncrier.fleet.ExportLines;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A device as a line of fields (RFC 4180). A text that a spreadsheet would take for a formula gets
 * an apostrophe before it (OWASP, CSV injection): devices report such texts, and strangers write
 * devices.
 */
@Singleton
class CsvLines implements ExportLines {
  private static final String FORMULA = "=+-@\t\r";
  private static final String END = "\r\n";

  @Override
  public ExportFormat format() {
    return ExportFormat.CSV;
  }

  @Override
  public String head() {
    return "device,kind,product,version,country,timezone,language,channel,hardware,linked,"
        + "pushAddress,revoked,registeredAt,lastSeen"
        + END;
  }

  @Override
  public String line(String device, DeviceList.Listed facts) {
    return Stream.of(
                device,
                facts.kind().name().toLowerCase(Locale.ROOT),
                facts.product(),
                facts.version(),
                known(facts.country()),
                known(facts.timeZone()),
                known(facts.language()),
                facts.channel(),
                known(facts.hardware()),
                Boolean.toString(facts.linked()),
                Boolean.toString(facts.pushAddress()),
                Boolean.toString(facts.revoked()),
                facts.registeredAt().toString(),
                facts.lastSeen().toString())
            .map(CsvLines::field)
            .collect(Collectors.joining(","))
        + END;
  }

  private static String known(Optional<String> fact) {
    return fact.orElse("");
  }

  static String field(String text) {
    String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
