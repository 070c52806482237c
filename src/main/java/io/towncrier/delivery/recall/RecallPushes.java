package io.towncrier.delivery.recall;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.PushProvider;
import io.towncrier.delivery.PushProviders;
import io.towncrier.delivery.recall.Recalls.Answered;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.work.Batches;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Calls back pushes that were sent before they were forbidden: best effort, after the change that
 * forbids them was answered, and at a pace of its own. If the process dies after a recall was sent
 * and before that is written, the recall is sent once more, which changes nothing on the phone. A
 * halt of pushes does not stop recalls.
 */
@ApplicationScoped
public class RecallPushes {
  private static final Logger LOG = Logger.getLogger(RecallPushes.class);

  private static final int INTENTS = 1_000;
  private static final int PAGE = 500;
  // Of a large notice the rest is found by the next runs: no more is called back meanwhile.
  private static final int PAGES_A_RUN = 4;

  private static final int BATCH = 200;
  private static final int AT_A_TIME = 50;
  // On a server four hundred a second at most, a twenty-fifth of FCM's usual quota.
  private static final int BATCHES_A_RUN = 10;

  private final Recalls recalls;
  private final Function<Recalls.Intent, Uni<Void>> updated;
  private final Supplier<Uni<Optional<String>>> whyNot;
  private final Function<String, Optional<CallsBack>> means;
  private final Duration lease;
  private final InstantSource clock;

  @Inject
  RecallPushes(
      Recalls recalls,
      FindUnwanted unwanted,
      PushProviders providers,
      DeliveryConfig config,
      InstantSource clock) {
    this(
        recalls,
        unwanted::expand,
        providers::mustNotClaim,
        name -> meansOf(providers.reaching(name)),
        config.lease(),
        clock);
  }

  /**
   * With providers by name.
   *
   * @param updated expands an intent of a device that has another version
   * @param whyNot why nothing may be sent at present, if so
   */
  RecallPushes(
      Recalls recalls,
      Function<Recalls.Intent, Uni<Void>> updated,
      Supplier<Uni<Optional<String>>> whyNot,
      Function<String, Optional<CallsBack>> means,
      Duration lease,
      InstantSource clock) {
    this.recalls = recalls;
    this.updated = updated;
    this.whyNot = whyNot;
    this.means = means;
    this.lease = lease;
    this.clock = clock;
  }

  private static Optional<CallsBack> meansOf(PushProvider provider) {
    return provider instanceof CallsBack callsBack ? Optional.of(callsBack) : Optional.empty();
  }

  /**
   * Finds what is to be called back, and calls it back. When a provider asks for patience the rest
   * of its pushes waits for a later run.
   *
   * @param hasTime asked before every page and batch
   * @return of how many devices something was called back, or tried to
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    return expand(hasTime)
        .chain(recalls::forgetAddresses)
        .chain(whyNot::get)
        .chain(
            because -> because.isPresent() ? Uni.createFrom().item(0L) : new Round(hasTime).send());
  }

  /** Whether or not anything can be sent: what is not expanded would only pile up. */
  private Uni<Void> expand(BooleanSupplier hasTime) {
    AtomicInteger pages = new AtomicInteger();
    return recalls
        .intents(lease, INTENTS)
        .chain(
            intents ->
                Multi.createFrom()
                    .iterable(intents)
                    .onItem()
                    .transformToUniAndConcatenate(
                        intent ->
                            // Of an owner or a device there are few: none waits for a large notice.
                            isOfNotice(intent)
                                ? expand(intent, pagesOf(pages, hasTime))
                                : expand(intent, hasTime))
                    .collect()
                    .asList())
        .replaceWithVoid();
  }

  private static boolean isOfNotice(Recalls.Intent intent) {
    return intent.kind() == Recalls.Kind.NOTICE || intent.kind() == Recalls.Kind.WITHDRAWN;
  }

  /**
   * In each run every large notice gets one page, and the oldest notices get the pages that are
   * left: no notice waits for the end of another.
   */
  private static BooleanSupplier pagesOf(AtomicInteger ofAll, BooleanSupplier hasTime) {
    AtomicBoolean first = new AtomicBoolean(true);
    return () -> {
      boolean isFirst = first.getAndSet(false);
      boolean isLeft = ofAll.getAndIncrement() < PAGES_A_RUN;
      return hasTime.getAsBoolean() && (isFirst || isLeft);
    };
  }

  private Uni<Long> expand(Recalls.Intent intent, BooleanSupplier goOn) {
    Uni<Boolean> inFlight =
        intent.isDue() ? Uni.createFrom().item(Boolean.FALSE) : recalls.isInFlight(intent);
    return inFlight
        .chain(
            live ->
                live
                    ? Uni.createFrom().item(0L)
                    : Batches.whileFull(PAGE, goOn, () -> page(intent)))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("the intent %d is expanded by the next run: %s", intent.id(), failure);
              return 0L;
            });
  }

  private Uni<Integer> page(Recalls.Intent intent) {
    return intent.kind() == Recalls.Kind.UPDATED
        ? updated.apply(intent).replaceWith(0)
        : recalls.expand(intent, PAGE);
  }

  /** What is known without asking a provider: pure. */
  static Optional<RecallOutcome> withoutAsking(
      Recall.Held push, Optional<PushAddress> address, Optional<CallsBack> means) {
    if (push.isOver()) {
      return Optional.of(new RecallOutcome.CouldNot("ttl-over"));
    } else if (address.isEmpty()) {
      return Optional.of(new RecallOutcome.CouldNot("no-push-address"));
    } else if (!address.get().provider().equals(push.provider())) {
      return Optional.of(new RecallOutcome.CouldNot("another-provider"));
    }
    return means.isEmpty() ? Optional.of(new RecallOutcome.CouldNot("no-means")) : Optional.empty();
  }

  /** One run of sending. */
  private final class Round {
    private final BooleanSupplier hasTime;
    private final AtomicInteger batches = new AtomicInteger();
    // Names of providers that asked for patience. This run asks them nothing more, and goes on with
    // the others.
    private final Set<String> askForPatience = ConcurrentHashMap.newKeySet();

    Round(BooleanSupplier hasTime) {
      this.hasTime = hasTime;
    }

    Uni<Long> send() {
      return Batches.whileFull(
          1,
          () -> hasTime.getAsBoolean() && batches.getAndIncrement() < BATCHES_A_RUN,
          this::batch);
    }

    private Uni<Integer> batch() {
      Lease until = Lease.startingNow(lease, clock);
      return recalls
          .take(BATCH, lease.multipliedBy(2), List.copyOf(askForPatience))
          .chain(
              taken ->
                  taken.isEmpty()
                      ? Uni.createFrom().item(0)
                      : recalls
                          .of(taken)
                          .chain(found -> ask(found, until))
                          .chain(recalls::record)
                          .replaceWith(devicesOf(taken)));
    }

    private static int devicesOf(List<Recalls.Taken> taken) {
      return (int) taken.stream().map(Recalls.Taken::device).distinct().count();
    }

    private Uni<List<Answered>> ask(List<Recall> found, Lease until) {
      List<Answered> known = new ArrayList<>();
      List<Asked> asked = new ArrayList<>();
      Set<Recalls.Taken> putOff = new HashSet<>();
      found.forEach(recall -> sort(recall, known, asked, putOff));
      return Multi.createFrom()
          .iterable(asked)
          .onItem()
          .transformToUni(one -> answer(one, until))
          .merge(AT_A_TIME)
          .collect()
          .asList()
          .map(
              answers -> {
                answers.forEach(known::addAll);
                return eachOnce(known).stream().filter(one -> isWhole(one, putOff)).toList();
              });
    }

    /** Of one that is put off at another address this is no end: it is tried again at both. */
    private static boolean isWhole(Answered one, Set<Recalls.Taken> putOff) {
      return one.outcome().again().isPresent()
          || !putOff.contains(new Recalls.Taken(one.notice(), one.device()));
    }

    /** Into what is known, what a provider is asked, and what waits for a later run. */
    private void sort(
        Recall recall, List<Answered> answered, List<Asked> asked, Set<Recalls.Taken> putOff) {
      Optional<CallsBack> known =
          recall.address().flatMap(address -> means.apply(address.provider()));
      List<Recall.Held> left = new ArrayList<>();
      for (Recall.Held push : recall.pushes()) {
        Optional<RecallOutcome> outcome = withoutAsking(push, recall.address(), known);
        if (outcome.isEmpty()) {
          left.add(push);
        } else if (push.isDue()) {
          answered.add(new Answered(push.notice(), recall.device(), outcome.get()));
        }
      }
      if (left.stream().noneMatch(Recall.Held::isDue)) {
        return;
      }
      CallsBack by = known.orElseThrow();
      if (askForPatience.contains(nameOf(recall))) {
        left.stream()
            .filter(Recall.Held::isDue)
            .forEach(push -> putOff.add(new Recalls.Taken(push.notice(), recall.device())));
        return;
      }
      if (by.callsBackTogether()) {
        asked.add(new Asked(by, recall.ofAll(left)));
      } else {
        left.stream()
            .filter(Recall.Held::isDue)
            .forEach(push -> asked.add(new Asked(by, recall.of(push))));
      }
    }

    private Uni<List<Answered>> answer(Asked one, Lease until) {
      return one.by()
          .recall(one.recall(), until)
          .onFailure()
          .recoverWithItem(
              failure -> {
                LOG.errorf("the provider failed to call back: %s", failure);
                return new RecallOutcome.Later("SENDER_FAILED", lease, false);
              })
          .invoke(outcome -> heard(nameOf(one.recall()), outcome))
          .map(
              outcome ->
                  one.recall().pushes().stream()
                      .filter(Recall.Held::isDue)
                      .map(push -> new Answered(push.notice(), one.recall().device(), outcome))
                      .toList());
    }

    private void heard(String provider, RecallOutcome outcome) {
      if (outcome instanceof RecallOutcome.Later later && later.asksForPatience()) {
        askForPatience.add(provider);
      }
    }
  }

  /** A push that may be held for several addresses comes to one outcome: pure. */
  static List<Answered> eachOnce(List<Answered> answered) {
    Map<Recalls.Taken, Answered> each = new LinkedHashMap<>();
    for (Answered one : answered) {
      each.merge(
          new Recalls.Taken(one.notice(), one.device()),
          one,
          (first, next) ->
              new Answered(
                  first.notice(), first.device(), first.outcome().together(next.outcome())));
    }
    return List.copyOf(each.values());
  }

  private static String nameOf(Recall recall) {
    return recall.address().orElseThrow().provider();
  }

  /** Something to call back, and by whom. */
  private record Asked(CallsBack by, Recall recall) {}
}
