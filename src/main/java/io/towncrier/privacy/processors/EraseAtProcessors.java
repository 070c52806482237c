package io.towncrier.privacy.processors;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.work.Batches;
import io.towncrier.privacy.Vault;
import io.towncrier.privacy.processors.ErasesAtProcessor.Result;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Has processors delete what they keep of people who have gone, until they have confirmed it. An
 * entry goes after the answer and not before: a process that dies in between asks once more, and to
 * ask again does no harm.
 */
@ApplicationScoped
public class EraseAtProcessors {
  private static final Logger LOG = Logger.getLogger(EraseAtProcessors.class);

  /** Two rounds of a processor that does not answer end within the time of a tick. */
  private static final int BATCH = 20;

  private static final int AT_A_TIME = 10;

  /** A run that has confirmed a thousand leaves the rest to the next one: other jobs wait. */
  private static final int BATCHES_A_RUN = 50;

  /** Longer than a try takes. */
  private static final Duration BELONGS_TO_A_TRY = Duration.ofMinutes(5);

  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(6);

  /** A person is answered within 15 days; so somebody has time left to mend it. */
  static final Duration OVERDUE_AFTER = Duration.ofDays(3);

  private final ErasureOutbox outbox;
  private final AddressUse use;
  private final List<ErasesAtProcessor> adapters;
  private final InstantSource clock;
  private final AtomicLong overdue = new AtomicLong();
  private final AtomicLong unreadable = new AtomicLong();

  @Inject
  EraseAtProcessors(
      ErasureOutbox outbox,
      AddressUse use,
      @Any Instance<ErasesAtProcessor> adapters,
      InstantSource clock) {
    this(outbox, use, adapters.stream().toList(), clock);
  }

  EraseAtProcessors(
      ErasureOutbox outbox, AddressUse use, List<ErasesAtProcessor> adapters, InstantSource clock) {
    this.outbox = outbox;
    this.use = use;
    this.adapters = List.copyOf(adapters);
    this.clock = clock;
  }

  /**
   * Tries what is due, batch after batch. When nothing of a batch is confirmed, the processor is
   * away or nothing was left: the rest waits for the next run. An erasure that fails does not stop
   * the others.
   *
   * @param goOn asked before every batch
   * @return how many are confirmed
   */
  public Uni<Long> run(BooleanSupplier goOn) {
    AtomicInteger left = new AtomicInteger(BATCHES_A_RUN);
    BooleanSupplier goesOn = () -> left.getAndDecrement() > 0 && goOn.getAsBoolean();
    return Batches.whileFull(1, goesOn, this::batch).call(this::count);
  }

  /** How many no processor has confirmed for three days, as of the last run; at most a thousand. */
  public long overdue() {
    return overdue.get();
  }

  /** How many addresses no key opens, as of the last run; at most a thousand. */
  public long unreadable() {
    return unreadable.get();
  }

  /** How long the next try waits after so many: pure. */
  static Duration waitAfter(int tries) {
    Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(Math.max(tries, 1) - 1, 10));
    return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
  }

  private Uni<Integer> batch() {
    Instant now = clock.instant();
    return outbox
        .take(now, now.plus(BELONGS_TO_A_TRY), BATCH)
        .chain(this::look)
        .chain(
            looked ->
                Multi.createFrom()
                    .iterable(looked)
                    .onItem()
                    .transformToUni(this::tried)
                    .merge(AT_A_TIME)
                    .collect()
                    .asList())
        .chain(this::record);
  }

  /** One after the other: they share a connection. */
  private Uni<List<Looked>> look(List<ToErase> taken) {
    return Multi.createFrom()
        .iterable(taken)
        .onItem()
        .transformToUniAndConcatenate(
            what ->
                Uni.createFrom()
                    .deferred(() -> use.of(what))
                    .map(EraseAtProcessors::withoutAsking)
                    .onFailure()
                    .recoverWithItem(failure -> Optional.of(failed(failure)))
                    .map(known -> new Looked(what, known)))
        .collect()
        .asList();
  }

  /** Empty when the processor has to be asked: pure. */
  private static Optional<Result> withoutAsking(AddressUse.Use used) {
    return switch (used) {
      case NOBODY -> Optional.empty();
      case SOMEBODY_SAYS_SO -> Optional.of(new Result.Later("being-proved"));
      case SOMEBODY -> Optional.of(new Result.Gone());
    };
  }

  private Uni<Tried> tried(Looked looked) {
    ToErase what = looked.what();
    return looked
        .known()
        .map(known -> Uni.createFrom().item(known))
        .orElseGet(() -> asked(what).onFailure().recoverWithItem(EraseAtProcessors::failed))
        .map(result -> new Tried(what, result));
  }

  private static Result failed(Throwable failure) {
    return failure instanceof Vault.DoesNotOpen
        ? new Result.DoesNotOpen()
        : new Result.Later(failure.getClass().getSimpleName());
  }

  /** One after the other: they share a connection. */
  private Uni<Integer> record(List<Tried> all) {
    return Multi.createFrom()
        .iterable(all)
        .onItem()
        .transformToUniAndConcatenate(tried -> record(tried.what(), tried.result()))
        .collect()
        .with(Collectors.summingInt(Integer::intValue));
  }

  private Uni<Result> asked(ToErase what) {
    return adapters.stream()
        .filter(adapter -> adapter.processor().equals(what.processor()))
        .findFirst()
        .map(adapter -> Uni.createFrom().deferred(() -> adapter.erase(what)))
        .orElseGet(() -> Uni.createFrom().item(new Result.Later("no-adapter")));
  }

  private Uni<Integer> record(ToErase what, Result result) {
    if (result instanceof Result.Gone || result instanceof Result.NotOffered) {
      return outbox.done(what.id()).replaceWith(1);
    }
    if (result instanceof Result.NothingToName) {
      LOG.warnf(
          "%s: the address of %s names nothing that can be deleted", what.id(), what.processor());
      return outbox.done(what.id()).replaceWith(1);
    }
    Instant now = clock.instant();
    if (result instanceof Result.Later later) {
      LOG.debugf("%s is not deleted at %s yet: %s", what.id(), what.processor(), later.why());
      return outbox.tryAgain(what.id(), now.plus(waitAfter(what.tries()))).replaceWith(0);
    }
    if (result instanceof Result.NotAsked not) {
      LOG.debugf("%s could not be asked for %s: %s", what.processor(), what.id(), not.why());
      return outbox.notTried(what.id(), now.plus(FIRST_WAIT)).replaceWith(0);
    }
    if (result instanceof Result.DoesNotOpen) {
      LOG.warnf("%s: no key opens the address, so %s cannot be asked", what.id(), what.processor());
      return outbox.setAside(what.id(), now, now.plus(waitAfter(what.tries()))).replaceWith(0);
    }
    throw new ForgottenCase(result);
  }

  private Uni<Void> count() {
    return outbox
        .askedBefore(clock.instant().minus(OVERDUE_AFTER))
        .invoke(
            late -> {
              overdue.set(late);
              if (late > 0) {
                LOG.errorf("processors have not confirmed %d deletions for three days", late);
              }
            })
        .chain(() -> outbox.setAside())
        .invoke(
            closed -> {
              unreadable.set(closed);
              if (closed > 0) {
                LOG.errorf("no key opens %d addresses that processors are to delete", closed);
              }
            })
        .replaceWithVoid();
  }

  private record Looked(ToErase what, Optional<Result> known) {}

  private record Tried(ToErase what, Result result) {}
}
