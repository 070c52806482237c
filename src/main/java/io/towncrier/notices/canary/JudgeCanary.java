package io.towncrier.notices.canary;

import io.towncrier.delivery.FindStandstill;
import io.towncrier.delivery.ladder.DropReason;
import io.towncrier.notices.canary.CanaryReport.Standing;
import io.towncrier.notices.canary.CanaryStore.Phone;
import io.towncrier.notices.canary.CanaryStore.Sent;
import io.towncrier.preferences.Suppression;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of the canaries, from what is known of their deliveries: pure. */
final class JudgeCanary {
  /** What the owner of a phone wants, and no trouble. A phone that has lost its address is one. */
  private static final Set<String> WANTED_WAITS = Set.of("quiet-hours", "local-hour");

  private static final Set<String> WANTED =
      Stream.of(Suppression.OPTED_OUT, Suppression.CATEGORY_OFF, Suppression.UNKNOWN_ZONE)
          .map(Suppression::code)
          .collect(Collectors.toUnmodifiableSet());

  private final CanaryPlan plan;
  private final boolean halted;
  private final Instant now;

  /** With whether an operator has halted the pushes. */
  JudgeCanary(CanaryPlan plan, boolean halted, Instant now) {
    this.plan = plan;
    this.halted = halted;
    this.now = now;
  }

  /** Of each phone the newest canary that is decided; without one, the one that waits. */
  CanaryReport of(List<Phone> phones, List<Sent> newestFirst) {
    Map<String, Phone> known =
        phones.stream().collect(Collectors.toMap(Phone::device, Function.identity()));
    List<Standing> standings =
        plan.devices().stream()
            .map(
                device ->
                    cannotTell(device, Optional.ofNullable(known.get(device)))
                        .orElseGet(() -> newest(device, newestFirst)))
            .toList();
    return new CanaryReport(now, standings);
  }

  /** Why a phone gets none: that it was shown would not be told. */
  static Optional<Standing> cannotTell(String device, Optional<Phone> phone) {
    if (phone.isEmpty()) {
      return Optional.of(Standing.skipped(device, "unknown-device"));
    }
    if (!phone.get().hasKit()) {
      return Optional.of(Standing.skipped(device, "no-kit"));
    }
    return phone.get().receipts()
        ? Optional.empty()
        : Optional.of(Standing.skipped(device, "receipts-off"));
  }

  private Standing newest(String device, List<Sent> newestFirst) {
    List<Standing> own =
        newestFirst.stream()
            .filter(sent -> sent.device().equals(device))
            .map(this::standing)
            .toList();
    return own.stream()
        .filter(standing -> standing.state() != CanaryState.WAITING)
        .findFirst()
        .or(() -> own.stream().findFirst())
        .orElseGet(() -> Standing.none(device));
  }

  private Standing standing(Sent sent) {
    Optional<Duration> after = sent.shownAt().map(at -> Duration.between(sent.sentAt(), at));
    CanaryState state =
        after.isPresent()
            ? after.get().compareTo(plan.within()) <= 0 ? CanaryState.SHOWN : CanaryState.LATE
            : notShown(sent);
    boolean isDecided = state != CanaryState.WAITING && state != CanaryState.SKIPPED;
    return sent.leftBy().filter(provider -> isDecided).isPresent()
        ? leftBy(sent)
        : standing(sent, state, after);
  }

  /** What the next address shows would hide that the provider of the first shows nothing. */
  private static Standing leftBy(Sent sent) {
    return new Standing(
        sent.device(),
        sent.leftBy(),
        CanaryState.MISSED,
        Optional.of("next-address"),
        Optional.of(sent.sentAt()),
        Optional.empty());
  }

  private Standing standing(Sent sent, CanaryState state, Optional<Duration> after) {
    return new Standing(
        sent.device(),
        Optional.of(sent.provider()),
        state,
        after.isPresent() || state == CanaryState.WAITING ? Optional.empty() : because(sent),
        Optional.of(sent.sentAt()),
        after);
  }

  private CanaryState notShown(Sent sent) {
    if (isWanted(sent)) {
      return CanaryState.SKIPPED;
    }
    return now.isBefore(sent.sentAt().plus(plan.within()))
        ? CanaryState.WAITING
        : CanaryState.MISSED;
  }

  private boolean isWanted(Sent sent) {
    if (sent.dropped().flatMap(DropReason::parse).filter(DropReason::isWanted).isPresent()) {
      return true;
    }
    return switch (sent.state()) {
      case "SUPPRESSED" -> sent.reason().filter(WANTED::contains).isPresent();
      case "PENDING" -> halted || sent.reason().filter(WANTED_WAITS::contains).isPresent();
      default -> false;
    };
  }

  private Optional<String> because(Sent sent) {
    if (halted && sent.state().equals("PENDING")) {
      return Optional.of(FindStandstill.HALTED);
    }
    return sent.dropped()
        .or(sent::reason)
        .or(() -> Optional.of(sent.state().equals("ACCEPTED") ? "not-told" : "not-sent"));
  }
}
