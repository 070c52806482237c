package io.towncrier.notices.canary;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the canaries are.
 *
 * @param asOf when it was looked at
 * @param phones each that the settings name, in their order
 */
public record CanaryReport(Instant asOf, List<Standing> phones) {
  public CanaryReport {
    phones = List.copyOf(phones);
  }

  /**
   * Push providers of which no phone has shown its last canary in time. One phone of several may be
   * switched off; that all are is less likely than that pushes are not shown.
   */
  public List<String> missed() {
    return asked().entrySet().stream()
        .filter(of -> of.getValue().stream().noneMatch(phone -> phone.is(CanaryState.SHOWN)))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** How long the last canaries of a provider took at most; empty when none was shown. */
  public Optional<Duration> slowest(String provider) {
    return asked().getOrDefault(provider, List.of()).stream()
        .flatMap(phone -> phone.shownAfter().stream())
        .max(Duration::compareTo);
  }

  /** Those by which something can be told, by push provider. */
  private Map<String, List<Standing>> asked() {
    return phones.stream()
        .filter(
            phone ->
                Stream.of(CanaryState.SHOWN, CanaryState.LATE, CanaryState.MISSED)
                    .anyMatch(phone::is))
        .collect(Collectors.groupingBy(phone -> phone.provider().orElse("")));
  }

  /**
   * The last canary of a phone that is decided.
   *
   * @param provider by which it went
   * @param because why it was not shown
   * @param sentAt empty when it was never sent one
   * @param shownAfter counted from then
   */
  public record Standing(
      String device,
      Optional<String> provider,
      CanaryState state,
      Optional<String> because,
      Optional<Instant> sentAt,
      Optional<Duration> shownAfter) {
    static Standing skipped(String device, String because) {
      return new Standing(
          device,
          Optional.empty(),
          CanaryState.SKIPPED,
          Optional.of(because),
          Optional.empty(),
          Optional.empty());
    }

    /** Of a phone whose first is to come. */
    static Standing none(String device) {
      return new Standing(
          device,
          Optional.empty(),
          CanaryState.WAITING,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    boolean is(CanaryState other) {
      return state == other;
    }
  }
}
