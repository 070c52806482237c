package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.DeviceStore;
import io.towncrier.devices.PushTarget;
import io.towncrier.platform.Ids;
import io.towncrier.platform.LocalizedText;
import io.towncrier.platform.Transactions;
import io.towncrier.preferences.AlertsStore;
import io.towncrier.preferences.Eligibility;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.preferences.Suppression;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Claims deliveries: step 1 of the opt-out fence (docs/adr/0004). One short transaction that locks
 * everything the decision rests on, decides, and marks; nothing is sent before it is committed.
 */
@ApplicationScoped
public class Claims {
  private final Outbox outbox;
  private final DeviceStore devices;
  private final AlertsStore alerts;
  private final Transactions transactions;
  private final InstantSource clock;
  private final DeliveryConfig config;

  Claims(
      Outbox outbox,
      DeviceStore devices,
      AlertsStore alerts,
      Transactions transactions,
      InstantSource clock,
      DeliveryConfig config) {
    this.outbox = outbox;
    this.devices = devices;
    this.alerts = alerts;
    this.transactions = transactions;
    this.clock = clock;
    this.config = config;
  }

  /**
   * Claims what is due; what is not to be sent is settled on the way.
   *
   * @param turn how many, and to whom not
   */
  Uni<Claim> next(Optional<String> notice, Pace.Turn.Go turn) {
    Lease lease = Lease.startingNow(config.lease(), clock);
    String id = Ids.next("clm");
    return transactions.inTransaction(
        () ->
            outbox
                .lockDue(turn.pushes(), notice, turn.urgent())
                .chain(
                    due ->
                        due.isEmpty()
                            ? Uni.createFrom().item(new Claim(id, lease, 0, List.of()))
                            : decide(id, lease, due, turn)));
  }

  private Uni<Claim> decide(String id, Lease lease, List<Outbox.Due> due, Pace.Turn.Go turn) {
    return lockFacts(due)
        .chain(
            facts -> {
              Instant now = clock.instant();
              PlatformGate platforms = new PlatformGate(turn);
              List<Decided> decided =
                  due.stream().map(d -> decide(d, facts, platforms, now)).toList();
              return outbox
                  .recordClaim(id, config.lease(), decided.stream().map(Decided::row).toList())
                  .replaceWith(
                      new Claim(
                          id,
                          lease,
                          due.size(),
                          decided.stream()
                              .map(Decided::toSend)
                              .flatMap(Optional::stream)
                              .toList()));
            });
  }

  private Uni<Facts> lockFacts(List<Outbox.Due> due) {
    List<String> notices = due.stream().map(Outbox.Due::notice).distinct().sorted().toList();
    List<String> ids = due.stream().map(Outbox.Due::device).distinct().sorted().toList();
    return outbox
        .lockContents(notices)
        .chain(
            contents ->
                devices
                    .lockTargets(ids)
                    .chain(
                        targets ->
                            alerts
                                .lockForShare(owners(targets))
                                .map(
                                    allowed ->
                                        new Facts(
                                            index(contents, PushContent::notice),
                                            index(targets, PushTarget::deviceId),
                                            allowed))));
  }

  private static List<String> owners(List<PushTarget> targets) {
    return targets.stream()
        .flatMap(t -> Stream.concat(Stream.of(t.deviceId()), t.accounts().stream()))
        .distinct()
        .sorted()
        .toList();
  }

  /** The decision on one delivery: pure. */
  private Decided decide(Outbox.Due due, Facts facts, PlatformGate platforms, Instant now) {
    PushContent content = facts.contents.get(due.notice());
    PushTarget target = facts.targets.get(due.device());
    if (content == null || target == null) {
      throw new IllegalStateException("a delivery has lost its notice or its device");
    }
    if (content.halted().isPresent()) {
      return content.halted().get().equals(Suppression.NOTICE_CANCELLED.code())
          ? suppressed(due, target, Suppression.NOTICE_CANCELLED)
          : waiting(due, target, content.halted().get(), now);
    }
    if (!content.expiresAt().isAfter(now)) {
      return suppressed(due, target, Suppression.EXPIRED);
    }
    List<NotificationAlerts> allowed =
        owners(List.of(target)).stream()
            .map(o -> facts.alerts.getOrDefault(o, NotificationAlerts.INITIAL))
            .toList();
    Eligibility eligibility =
        Eligibility.of(
            content.category(),
            allowed,
            target.address().isPresent(),
            target.facts().timeZone(),
            now);
    if (eligibility instanceof Eligibility.Suppressed no) {
      return suppressed(due, target, no.reason());
    }
    if (eligibility instanceof Eligibility.Later later) {
      return waiting(due, target, "quiet-hours", later.notBefore());
    }
    if (!platforms.lets(target.product())) {
      return waiting(due, target, "platform-refused", now.plus(PlatformGate.PAUSE));
    }
    PushMessage message =
        new PushMessage(
            due.notice(),
            due.device(),
            target.address().orElseThrow(),
            textOf(content, target),
            ttl(content, now),
            content.urgent());
    return new Decided(
        new Outbox.Claimed(
            due, Outbox.State.SENDING, Optional.empty(), Optional.empty(), target.accounts()),
        Optional.of(new ToSend(due, target.product(), message)));
  }

  /** Whole minutes where there are some: what is sent at the same time has the same bytes. */
  private Duration ttl(PushContent content, Instant now) {
    Duration left = Duration.between(now, content.expiresAt());
    Duration most = config.ttl().of(content.category());
    Duration ttl = left.compareTo(most) < 0 ? left : most;
    Duration minutes = ttl.truncatedTo(ChronoUnit.MINUTES);
    return minutes.isZero() ? Duration.ofSeconds(Math.max(1, ttl.toSeconds())) : minutes;
  }

  private static LocalizedText.Picked textOf(PushContent content, PushTarget target) {
    LocalizedText.Picked picked =
        content.texts().pick(Optional.of(target.facts().language()), content.defaultLanguage());
    TextVariables variables = new TextVariables(target.productName(), target.facts().version());
    return new LocalizedText.Picked(picked.language(), variables.fill(picked.text()));
  }

  private static Decided suppressed(Outbox.Due due, PushTarget target, Suppression reason) {
    return new Decided(
        new Outbox.Claimed(
            due,
            Outbox.State.SUPPRESSED,
            Optional.of(reason.code()),
            Optional.empty(),
            target.accounts()),
        Optional.empty());
  }

  private static Decided waiting(
      Outbox.Due due, PushTarget target, String reason, Instant notBefore) {
    return new Decided(
        new Outbox.Claimed(
            due,
            Outbox.State.PENDING,
            Optional.of(reason),
            Optional.of(notBefore),
            target.accounts()),
        Optional.empty());
  }

  private static <T> Map<String, T> index(List<T> all, Function<T, String> key) {
    return all.stream().collect(Collectors.toMap(key, Function.identity()));
  }

  private record Facts(
      Map<String, PushContent> contents,
      Map<String, PushTarget> targets,
      Map<String, NotificationAlerts> alerts) {}

  private record Decided(Outbox.Claimed row, Optional<ToSend> toSend) {}

  /**
   * What one claim got hold of.
   *
   * @param looked how many deliveries were due
   * @param toSend those that may be sent, until the lease ends
   */
  record Claim(String id, Lease lease, int looked, List<ToSend> toSend) {}

  /**
   * A delivery that is claimed.
   *
   * @param product of the device
   * @param message to send
   */
  record ToSend(Outbox.Due due, String product, PushMessage message) {}

  /** Which products are pushed to in one claim, by what their breakers say. */
  private static final class PlatformGate {
    // By then somebody has tried one of them.
    static final Duration PAUSE = Duration.ofMinutes(1);

    private final Pace.Turn.Go turn;
    private final Set<String> probed = new HashSet<>();

    PlatformGate(Pace.Turn.Go turn) {
      this.turn = turn;
    }

    boolean lets(String product) {
      return !turn.refusedProducts().contains(product)
          && (!turn.probedProducts().contains(product) || probed.add(product));
    }
  }
}
