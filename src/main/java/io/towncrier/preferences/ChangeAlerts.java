package io.towncrier.preferences;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.SendFence;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Changes what an owner allows. It is the caller's half of the opt-out fence (docs/adr/0004): once
 * this has answered, no push that the change forbids is sent.
 */
@ApplicationScoped
public class ChangeAlerts {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final AlertsStore store;
  private final CategoryRules rules;
  private final SendFence fence;
  private final Transactions transactions;
  private final InstantSource clock;
  private final int changesAnHour;

  ChangeAlerts(
      AlertsStore store,
      CategoryRules rules,
      SendFence fence,
      Transactions transactions,
      InstantSource clock,
      AlertsConfig config) {
    this.store = store;
    this.rules = rules;
    this.fence = fence;
    this.transactions = transactions;
    this.clock = clock;
    this.changesAnHour = config.changesAnHour();
  }

  /** As below, of an owner that was found before. */
  public Uni<Outcome> run(
      String owner,
      AlertsChange.Source source,
      Optional<Integer> expected,
      UnaryOperator<NotificationAlerts> change) {
    return run(new AlertsOwner.Known(owner), source, expected, change);
  }

  /**
   * Changes the alerts of an owner. What hides an essential category that was not hidden is a bug
   * of the caller, who is to refuse it.
   *
   * @param source who changes them
   * @param expected the version that the caller saw; empty when it does not care. The one before
   *     the newest is as good where nothing is left to change: a change that was stored and not yet
   *     in force is sent again with it
   * @param change from what is stored to what is wanted
   */
  public Uni<Outcome> run(
      AlertsOwner owner,
      AlertsChange.Source source,
      Optional<Integer> expected,
      UnaryOperator<NotificationAlerts> change) {
    return transactions
        .inTransaction(
            () ->
                store
                    .lockForChange(owner)
                    .chain(
                        found ->
                            found.isEmpty()
                                ? refused(new Outcome.Refused())
                                : decide(found.get(), source, expected, change)))
        .chain(decided -> decided.fold(this::inForce, Uni.createFrom()::item));
  }

  private Uni<Outcome> inForce(Decided.Stored stored) {
    return fence
        .awaitNothingInFlight(stored.owner())
        .map(done -> new Outcome.Changed(stored.alerts(), clock.instant()));
  }

  private Uni<Decided> decide(
      AlertsStore.Locked locked,
      AlertsChange.Source source,
      Optional<Integer> expected,
      UnaryOperator<NotificationAlerts> change) {
    NotificationAlerts current = locked.alerts();
    NotificationAlerts wanted = change.apply(current);
    boolean isSo = wanted.withVersion(current.version()).equals(current);
    int behind = expected.map(seen -> current.version() - seen).orElse(0);
    if (behind != 0 && !(isSo && behind == 1)) {
      return refused(new Outcome.Stale(current));
    }
    // No change, no row; the caller waits all the same for pushes that are still on their way.
    return isSo
        ? Uni.createFrom().item(new Decided.Stored(locked.owner(), current))
        : tooOften(locked.owner(), current, wanted)
            .chain(
                wait ->
                    wait.isPresent()
                        ? refused(new Outcome.TooMany(wait.get()))
                        : apply(locked.owner(), source, current, wanted));
  }

  private static Uni<Decided> refused(Outcome because) {
    return Uni.createFrom().item(new Decided.Not(because));
  }

  /** How long an owner has to wait who has changed too much; an opt-out never has to. */
  private Uni<Optional<Duration>> tooOften(
      String owner, NotificationAlerts current, NotificationAlerts wanted) {
    int oldest = current.version() - changesAnHour + 1;
    if (wanted.onlyForbids(current) || oldest < 1) {
      return Uni.createFrom().item(Optional.empty());
    }
    return store
        .changedAt(owner, oldest)
        .map(
            found ->
                found
                    .map(at -> Duration.between(clock.instant(), at.plus(AN_HOUR)))
                    .filter(wait -> !wait.isNegative() && !wait.isZero()));
  }

  private Uni<Decided> apply(
      String owner,
      AlertsChange.Source source,
      NotificationAlerts current,
      NotificationAlerts wanted) {
    NotificationAlerts next = wanted.withVersion(current.version() + 1);
    if (next.inAppOff().stream()
        .anyMatch(c -> rules.essential().contains(c) && !current.inAppOff().contains(c))) {
      throw new IllegalArgumentException("an essential category stays in-app");
    }
    Set<Category> forbidden = current.forbiddenBy(next);
    Uni<Void> suppressed =
        forbidden.isEmpty()
            ? Uni.createFrom().voidItem()
            : fence.suppressPending(owner, categories(forbidden));
    return store
        .save(owner, new AlertsChange(source, current, next, clock.instant()))
        .chain(() -> suppressed)
        .map(done -> new Decided.Stored(owner, next));
  }

  private static Optional<Set<String>> categories(Set<Category> forbidden) {
    return forbidden.equals(EnumSet.allOf(Category.class))
        ? Optional.empty()
        : Optional.of(
            forbidden.stream().map(Category::code).collect(Collectors.toUnmodifiableSet()));
  }

  /** What the transaction did; in force is what is stored once the fence has been waited for. */
  private sealed interface Decided {
    <T> T fold(Function<Stored, T> stored, Function<Outcome, T> not);

    record Stored(String owner, NotificationAlerts alerts) implements Decided {
      @Override
      public <T> T fold(Function<Stored, T> stored, Function<Outcome, T> not) {
        return stored.apply(this);
      }
    }

    record Not(Outcome because) implements Decided {
      @Override
      public <T> T fold(Function<Stored, T> stored, Function<Outcome, T> not) {
        return not.apply(because);
      }
    }
  }

  /** What became of a change. */
  public sealed interface Outcome {
    /** It holds since that moment. */
    record Changed(NotificationAlerts alerts, Instant effectiveAt) implements Outcome {}

    /** There were too many changes within the hour; nothing was changed. */
    record TooMany(Duration freeIn) implements Outcome {}

    /** The secret is not that of the device. */
    record Refused() implements Outcome {}

    /** Somebody else was faster; nothing was changed. */
    record Stale(NotificationAlerts current) implements Outcome {}
  }
}
