package io.towncrier.delivery.sending;

import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.FindStandstill;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushContent;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.StillWanted;
import io.towncrier.delivery.TextVariables;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.PushTarget;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.preferences.Eligibility;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.preferences.Suppression;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides what becomes of the deliveries of one claim, from the facts that it has locked: pure. */
final class ClaimDecision {
  // A rollout that goes on is noticed within that time; a fleet that waits costs a claim each.
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);
  private static final String REFUSED = "platform-refused";

  private final Route route;
  private final ClaimFacts.Facts facts;
  private final PlatformGate platforms;
  private final DeliveryConfig.Ttl longest;
  private final Instant now;

  ClaimDecision(
      Route route,
      ClaimFacts.Facts facts,
      Pace.SendPermit.Go permit,
      DeliveryConfig.Ttl longest,
      Instant now) {
    this.route = route;
    this.facts = facts;
    this.platforms = new PlatformGate(permit);
    this.longest = longest;
    this.now = now;
  }

  Decided on(Outbox.Due due) {
    PushContent content = facts.contents().get(due.notice());
    PushTarget device = facts.targets().get(due.device());
    if (content == null || device == null) {
      throw new IllegalStateException("a delivery has lost its notice or its device");
    }
    AddressTurn turn = AddressTurn.of(route, device.addresses(), due.passed());
    PushTarget target = device.at(turn.address());
    return stopped(due, content, target)
        .or(() -> unwanted(due, content, target))
        .or(() -> notAllowedNow(due, content, target))
        .or(() -> elsewhere(due, target))
        .or(() -> platformRefused(due, target, turn))
        .orElseGet(() -> sending(due, content, target, turn));
  }

  private Optional<Decided> stopped(Outbox.Due due, PushContent content, PushTarget target) {
    if (content.halted().isPresent()) {
      return Optional.of(
          content.halted().get().equals(Suppression.NOTICE_CANCELLED.code())
              ? suppressed(due, target, Suppression.NOTICE_CANCELLED)
              : waiting(due, target, content.halted().get(), now));
    }
    return content.expiresAt().isAfter(now)
        ? Optional.empty()
        : Optional.of(suppressed(due, target, Suppression.EXPIRED));
  }

  private Optional<Decided> unwanted(Outbox.Due due, PushContent content, PushTarget target) {
    StillWanted.Answer wanted = facts.wanted(content, due);
    if (wanted instanceof StillWanted.Answer.Unwanted no) {
      return Optional.of(suppressed(due, target, no.reason()));
    }
    if (wanted instanceof StillWanted.Answer.HeldBack) {
      return Optional.of(waiting(due, target, "release-held-back", now.plus(LOOK_AGAIN)));
    }
    if (wanted instanceof StillWanted.Answer.Wanted) {
      return Optional.empty();
    }
    throw new ForgottenCase(wanted);
  }

  private Optional<Decided> notAllowedNow(Outbox.Due due, PushContent content, PushTarget target) {
    List<NotificationAlerts> allowed =
        ClaimFacts.owners(List.of(target)).stream()
            .map(o -> facts.alerts().getOrDefault(o, NotificationAlerts.INITIAL))
            .toList();
    Eligibility eligibility =
        Eligibility.of(
            content.category(),
            allowed,
            // One that may not be used in this cell is as good as none.
            target.address().filter(route::allows).isPresent(),
            target.facts().zonesAt(now),
            now);
    if (eligibility instanceof Eligibility.Suppressed no) {
      return Optional.of(suppressed(due, target, no.reason()));
    }
    if (eligibility instanceof Eligibility.Later later) {
      return Optional.of(waiting(due, target, "quiet-hours", later.notBefore()));
    }
    if (eligibility instanceof Eligibility.Eligible) {
      return hour(content, allowed, target)
          .map(hour -> waiting(due, target, "local-hour", earlier(hour, content.expiresAt())));
    }
    throw new ForgottenCase(eligibility);
  }

  /** What another provider reaches is left to its claims, and what none reaches waits for one. */
  private Optional<Decided> elsewhere(Outbox.Due due, PushTarget target) {
    PushAddress address = target.address().orElseThrow();
    if (route.reaches(address)) {
      return Optional.empty();
    }
    return Optional.of(
        route.isReached(address)
            ? decided(due, target, Outbox.State.PENDING, Optional.empty(), Optional.of(now))
            : waiting(due, target, FindStandstill.NO_CREDENTIALS, now.plus(LOOK_AGAIN)));
  }

  /** The last question: a platform that is tried anew is tried with one push of a claim. */
  private Optional<Decided> platformRefused(Outbox.Due due, PushTarget target, AddressTurn turn) {
    if (platforms.lets(target.product())) {
      return Optional.empty();
    }
    return turn.onwards()
        .map(move -> moved(due, target, move, now))
        // The platform may be served again by the first, and never by this one.
        .or(() -> turn.anew().map(move -> moved(due, target, move, now.plus(PlatformGate.PAUSE))))
        .or(() -> Optional.of(waiting(due, target, REFUSED, now.plus(PlatformGate.PAUSE))));
  }

  private Decided sending(
      Outbox.Due due, PushContent content, PushTarget target, AddressTurn turn) {
    Duration ttl = ttl(content);
    PushMessage message =
        new PushMessage(
            due.notice(),
            due.device(),
            target.address().orElseThrow(),
            textOf(content, target, facts.about(due).orElse(target)),
            ttl,
            content.urgent(),
            new PushMessage.Handling(
                content.category(), now.plus(ttl).truncatedTo(ChronoUnit.SECONDS), target.kit()),
            new PushMessage.Attempt(due.attempts(), due.generation()));
    return new Decided(
        row(due, target, Outbox.State.SENDING, Optional.empty(), Optional.empty()),
        Optional.of(
            new Claims.ToSend(
                due, target.product(), message, content.expiresAt(), content.trace(), turn)));
  }

  /** When the hour of a notice comes to the device again; empty when it is there. */
  private Optional<Instant> hour(
      PushContent content, List<NotificationAlerts> alerts, PushTarget target) {
    return content
        .hour()
        .flatMap(
            hour ->
                hour.nextUnlessNow(
                    target.facts().clocks(), moment -> notQuiet(alerts, target, moment), now));
  }

  private static Instant notQuiet(
      List<NotificationAlerts> alerts, PushTarget target, Instant moment) {
    Instant notBefore = Eligibility.notBefore(alerts, target.facts().zonesAt(moment), moment);
    return notBefore.equals(Eligibility.NEVER) ? moment : notBefore;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Whole minutes where there are some: what is sent at the same time has the same bytes. */
  private Duration ttl(PushContent content) {
    Duration left = Duration.between(now, content.expiresAt());
    Duration most = longest.of(content.category());
    Duration ttl = left.compareTo(most) < 0 ? left : most;
    Duration minutes = ttl.truncatedTo(ChronoUnit.MINUTES);
    return minutes.isZero() ? Duration.ofSeconds(Math.max(1, ttl.toSeconds())) : minutes;
  }

  /** In the language of who reads it, of the device that it is about. */
  private static LocalizedText.Picked textOf(
      PushContent content, PushTarget target, PushTarget about) {
    LocalizedText.Picked picked =
        content.texts().pick(target.facts().language(), content.defaultLanguage());
    TextVariables variables = new TextVariables(about.productName(), about.facts().version());
    return new LocalizedText.Picked(picked.language(), variables.fill(picked.text()));
  }

  private static Decided suppressed(Outbox.Due due, PushTarget target, Suppression reason) {
    return decided(
        due, target, Outbox.State.SUPPRESSED, Optional.of(reason.code()), Optional.empty());
  }

  private static Decided waiting(
      Outbox.Due due, PushTarget target, String reason, Instant notBefore) {
    return decided(due, target, Outbox.State.PENDING, Optional.of(reason), Optional.of(notBefore));
  }

  /** Nobody has sent it: no lease is waited for. */
  private static Decided moved(
      Outbox.Due due, PushTarget target, Outbox.Move move, Instant notBefore) {
    return new Decided(
        new Outbox.Claimed(
            due,
            Outbox.State.PENDING,
            Optional.of(REFUSED),
            Optional.of(notBefore),
            target.accounts(),
            Optional.of(move.provider()),
            Optional.of(move.passed())),
        Optional.empty());
  }

  private static Decided decided(
      Outbox.Due due,
      PushTarget target,
      Outbox.State state,
      Optional<String> reason,
      Optional<Instant> dueAt) {
    return new Decided(row(due, target, state, reason, dueAt), Optional.empty());
  }

  private static Outbox.Claimed row(
      Outbox.Due due,
      PushTarget target,
      Outbox.State state,
      Optional<String> reason,
      Optional<Instant> dueAt) {
    return new Outbox.Claimed(
        due,
        state,
        reason,
        dueAt,
        target.accounts(),
        target.address().map(PushAddress::provider),
        Optional.empty());
  }

  /** What is written, and what is sent if anything is. */
  record Decided(Outbox.Claimed row, Optional<Claims.ToSend> toSend) {}

  /** Which products are pushed to in one claim, by what their breakers say. */
  private static final class PlatformGate {
    // By then somebody has tried one of them.
    static final Duration PAUSE = Duration.ofMinutes(1);

    private final Pace.SendPermit.Go permit;
    private final Set<String> probed = new HashSet<>();

    PlatformGate(Pace.SendPermit.Go permit) {
      this.permit = permit;
    }

    boolean lets(String product) {
      return !permit.refusedProducts().contains(product)
          && (!permit.probedProducts().contains(product) || probed.add(product));
    }
  }
}
