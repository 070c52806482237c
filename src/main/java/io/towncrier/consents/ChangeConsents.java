package io.towncrier.consents;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Transactions;
import io.towncrier.preferences.AlertsChange;
import io.towncrier.preferences.ChangeAlerts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Notes what somebody agrees to or withdraws. A withdrawal has stopped what it is about when this
 * has answered: pushes as an opt-out does, behind the fence; the keeping in another country by
 * shutting the device out. Nothing that was noted before is changed.
 */
@ApplicationScoped
public class ChangeConsents {
  static final Duration AN_HOUR = Duration.ofHours(1);
  static final long MOST_AN_HOUR = 60;
  private static final int PAGE = 100;

  private final ConsentStore store;
  private final ChangeAlerts alerts;
  private final EndCrossing crossing;
  private final Transactions transactions;
  private final InstantSource clock;

  ChangeConsents(
      ConsentStore store,
      ChangeAlerts alerts,
      EndCrossing crossing,
      Transactions transactions,
      InstantSource clock) {
    this.store = store;
    this.alerts = alerts;
    this.crossing = crossing;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Of a device, by itself. */
  public Uni<Outcome> ofDevice(String deviceId, Choice choice) {
    return note(deviceId, choice)
        .call(outcome -> stopped(outcome, choice) ? stopDevice(deviceId, choice) : nothing());
  }

  /** Of an account, by its user; what is linked to it stops, too. */
  public Uni<Outcome> ofAccount(String account, Choice choice) {
    return note(account, choice)
        .call(outcome -> stopped(outcome, choice) ? stopAccount(account, choice) : nothing());
  }

  // A withdrawal that was stored and not yet in force comes again, and goes on stopping.
  private static boolean stopped(Outcome outcome, Choice choice) {
    return choice.withdrawn() && outcome instanceof Outcome.Noted;
  }

  private Uni<Outcome> note(String owner, Choice choice) {
    ConsentAct act = choice.at(clock.instant());
    return transactions.inTransaction(
        () ->
            store
                .lock(owner, act.kind())
                .chain(
                    before ->
                        before.filter(act::repeats).isPresent()
                            ? Uni.createFrom().item(new Outcome.Noted())
                            : add(owner, act)));
  }

  private Uni<Outcome> add(String owner, ConsentAct act) {
    Uni<Long> counted =
        act.withdrawn()
            ? Uni.createFrom().item(0L)
            : store.countSince(owner, act.at().minus(AN_HOUR));
    return counted.chain(
        count ->
            count >= MOST_AN_HOUR
                ? Uni.createFrom().item(new Outcome.TooMany(AN_HOUR))
                : store.add(owner, act).replaceWith(new Outcome.Noted()));
  }

  private Uni<Void> stopDevice(String deviceId, Choice choice) {
    return switch (choice.kind()) {
      case PUSH -> pushNothing(deviceId, AlertsChange.Source.DEVICE);
      case CROSS_BORDER -> crossing.of(deviceId);
    };
  }

  private Uni<Void> stopAccount(String account, Choice choice) {
    return switch (choice.kind()) {
      case PUSH -> pushNothing(account, AlertsChange.Source.ACCOUNT);
      case CROSS_BORDER -> shutOutCrossing(account);
    };
  }

  private Uni<Void> pushNothing(String owner, AlertsChange.Source source) {
    return alerts
        .run(owner, source, Optional.empty(), current -> current.withoutPush())
        .invoke(
            outcome -> {
              if (!(outcome instanceof ChangeAlerts.Outcome.Changed)) {
                throw new ForgottenCase(outcome);
              }
            })
        .replaceWithVoid();
  }

  /** Page by page: a device that was shut out is not found again. */
  private Uni<Void> shutOutCrossing(String account) {
    return store
        .crossingDevicesOf(account, PAGE)
        .chain(
            found ->
                shutOut(found)
                    .chain(() -> found.size() == PAGE ? shutOutCrossing(account) : nothing()));
  }

  private Uni<Void> shutOut(List<String> devices) {
    Choice withdrawal = Choice.withdrawal(ConsentAct.Kind.CROSS_BORDER, Optional.empty());
    Uni<Void> all = nothing();
    for (String id : devices) {
      all = all.chain(() -> ofDevice(id, withdrawal)).replaceWithVoid();
    }
    return all;
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }

  /** What somebody chose, before it has a time. */
  public record Choice(
      ConsentAct.Kind kind,
      boolean withdrawn,
      Optional<ConsentAct.Text> text,
      Optional<ConsentAct.Crossing> crossing) {
    static Choice withdrawal(ConsentAct.Kind kind, Optional<ConsentAct.Text> text) {
      return new Choice(kind, true, text, Optional.empty());
    }

    private ConsentAct at(Instant now) {
      return new ConsentAct(kind, withdrawn, text, crossing, now);
    }
  }

  /** What became of it. */
  public sealed interface Outcome {
    /** It holds, and was noted unless it held before. */
    record Noted() implements Outcome {}

    /** There were too many changes within the hour; a withdrawal is always taken. */
    record TooMany(Duration freeIn) implements Outcome {}
  }
}
