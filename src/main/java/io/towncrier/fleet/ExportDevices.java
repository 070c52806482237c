package io.towncrier.fleet;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Secret;
import io.towncrier.privacy.BlindIndex;
import io.towncrier.reports.Report;
import io.towncrier.reports.ReportKind;
import io.towncrier.reports.StartReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Exports devices by a job: their facts, without accounts, addresses and identifiers. Each device
 * has a pseudonym, which is another one in each export, unless the operator asks for ids.
 */
@ApplicationScoped
public class ExportDevices implements ReportKind {
  public static final String KIND = "device-export";

  /** How many devices there are in the parts. */
  public static final String LINES = "devices";

  private static final int PSEUDONYM_BYTES = 16;

  private final DeviceList devices;
  private final FleetCounts counts;
  private final BlindIndex index;
  private final List<ExportLines> formats;
  private final StartReport start;

  ExportDevices(
      DeviceList devices,
      FleetCounts counts,
      BlindIndex index,
      @All List<ExportLines> formats,
      StartReport start) {
    this.devices = devices;
    this.counts = counts;
    this.index = index;
    this.formats = formats;
    this.start = start;
  }

  /** What to export, and as what. */
  public record Question(DeviceList.Query query, ExportFormat format, boolean deviceIds) {
    public Question {
      if (query.account().isPresent()) {
        throw new IllegalArgumentException("an export is of no account");
      }
    }

    /** As it was begun. */
    public static Question of(Report report) {
      Map<String, String> asked = report.question();
      return new Question(
          new DeviceList.Query(
              Optional.ofNullable(asked.get("product")),
              Optional.ofNullable(asked.get("version")),
              Optional.ofNullable(asked.get("country")),
              Optional.empty(),
              Optional.ofNullable(asked.get("seenFrom")).map(LocalDate::parse),
              Optional.ofNullable(asked.get("seenBefore")).map(LocalDate::parse)),
          ExportFormat.valueOf(report.asked("format")),
          Boolean.parseBoolean(asked.get("deviceIds")));
    }

    Map<String, String> asTexts() {
      Map<String, String> texts = new HashMap<>();
      query.product().ifPresent(value -> texts.put("product", value));
      query.version().ifPresent(value -> texts.put("version", value));
      query.country().ifPresent(value -> texts.put("country", value));
      query.seenFrom().ifPresent(day -> texts.put("seenFrom", day.toString()));
      query.seenBefore().ifPresent(day -> texts.put("seenBefore", day.toString()));
      texts.put("format", format.name());
      texts.put("deviceIds", Boolean.toString(deviceIds));
      return texts;
    }
  }

  /** Begins an export. */
  public Uni<StartReport.Outcome> start(Question question, String operator, String reason) {
    return counts
        .groups(List.of(Axis.KIND), FleetFilter.ALL)
        .map(groups -> groups.stream().mapToLong(FleetCounts.Group::devices).sum())
        .chain(all -> start.run(KIND, question.asTexts(), all, operator, reason));
  }

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public Uni<Step> look(Report report, IdRange range) {
    Question question = Question.of(report);
    ExportLines lines = lines(question.format());
    return devices
        .between(question.query(), range.after(), range.upTo())
        .map(found -> step(report, question, lines, found));
  }

  private Step step(
      Report report, Question question, ExportLines lines, List<DeviceList.Listed> found) {
    if (found.isEmpty()) {
      return new Step.Looked(Map.of(), Optional.empty());
    }
    String text =
        found.stream()
            .map(device -> lines.line(name(report, question, device.id()), device))
            .collect(Collectors.joining("", report.count(LINES) == 0 ? lines.head() : "", ""));
    return new Step.Looked(
        Map.of(LINES, (long) found.size()), Optional.of(new Lines(text, found.size())));
  }

  private String name(Report report, Question question, String device) {
    if (question.deviceIds()) {
      return device;
    }
    byte[] hash = index.of("export/" + report.id(), new Secret(device));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(hash, hash.length - PSEUDONYM_BYTES, hash.length));
  }

  private ExportLines lines(ExportFormat format) {
    return formats.stream()
        .filter(lines -> lines.format() == format)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nobody writes " + format));
  }
}
