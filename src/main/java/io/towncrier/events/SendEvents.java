package io.towncrier.events;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.events.EventOutbox.Due;
import io.towncrier.events.EventSender.Outcome;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.work.Batches;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Sends events that are due, some at a time, until there are none; and removes old ones. */
@ApplicationScoped
public class SendEvents {
  private static final Logger LOG = Logger.getLogger(SendEvents.class);
  private static final int BATCH = 20;
  private static final int AT_ONCE = 4;
  private static final int OLD = 500;
  private static final Duration KEPT = Duration.ofDays(30);
  private static final String REMOVED = "endpoint-removed";
  // Versions and settings change one process after the other.
  private static final Duration DEPLOYMENT = Duration.ofHours(1);

  private final EventOutbox outbox;
  private final Endpoints endpoints;
  private final EventSender sender;
  private final EventBus onBus;
  private final EventsConfig config;
  private final InstantSource clock;

  /** A plain server has no client of a bus. */
  @Inject
  SendEvents(
      EventOutbox outbox,
      Endpoints endpoints,
      EventSender sender,
      @Any Instance<EventBus> buses,
      EventsConfig config,
      InstantSource clock) {
    this(
        outbox, endpoints, sender, buses.stream().findFirst().orElse(EventBus.NONE), config, clock);
  }

  SendEvents(
      EventOutbox outbox,
      Endpoints endpoints,
      EventSender sender,
      EventBus onBus,
      EventsConfig config,
      InstantSource clock) {
    this.outbox = outbox;
    this.endpoints = endpoints;
    this.sender = sender;
    this.onBus = onBus;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Sends while something is due and time is left.
   *
   * @return how many attempts were made
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    // Where nobody listens, no statement is spent on it every other second.
    return endpoints.all().isEmpty()
        ? Uni.createFrom().item(0L)
        : Batches.whileFull(BATCH, hasTime, this::batch);
  }

  /**
   * Gives up what waits for endpoints that are in the settings no more, be it the last of them, and
   * removes what is old.
   *
   * @return how many attempts were ended and events removed
   */
  public Uni<Long> tidy(BooleanSupplier hasTime) {
    return Batches.whileFull(BATCH, hasTime, this::batch)
        .chain(
            ended ->
                Batches.whileFull(
                        OLD, hasTime, () -> outbox.prune(clock.instant().minus(KEPT), OLD))
                    .map(removed -> ended + removed));
  }

  private Uni<Integer> batch() {
    Instant now = clock.instant();
    // As long as the slowest of a batch can take, one behind the other, and then the bus.
    Duration lease = config.timeout().multipliedBy(2 + BATCH / AT_ONCE).plusSeconds(30);
    return outbox.claim(now, now.plus(lease), BATCH).chain(this::sendAll);
  }

  private Uni<Integer> sendAll(List<Due> due) {
    Optional<Endpoint.Bus> bus = endpoints.bus();
    Map<Boolean, List<Due>> split =
        due.stream()
            .collect(
                Collectors.partitioningBy(
                    each -> bus.isPresent() && each.endpoint().equals(bus.get().name())));
    List<Due> onTheBus = split.getOrDefault(true, List.of());
    return Multi.createFrom()
        .iterable(split.getOrDefault(false, List.of()))
        .onItem()
        .transformToUni(each -> send(each).replaceWith(1))
        .merge(AT_ONCE)
        .collect()
        .last()
        .chain(
            () ->
                onTheBus.isEmpty()
                    ? Uni.createFrom().item(true)
                    : putOnBus(bus.orElseThrow(), onTheBus))
        // A batch that is not full is the last of this look.
        .map(goesOn -> goesOn ? due.size() : Math.min(due.size(), BATCH - 1));
  }

  /** What was not tried is due again when its claim ends, with no attempt more. */
  private Uni<Boolean> putOnBus(Endpoint.Bus bus, List<Due> due) {
    return onBus
        .put(bus, due.stream().map(Due::event).toList())
        .chain(
            answer ->
                Multi.createFrom()
                    .iterable(due)
                    .onItem()
                    .transformToUniAndConcatenate(
                        each ->
                            Optional.ofNullable(answer.outcomes().get(each.event().id()))
                                .map(outcome -> record(each, outcome))
                                .orElseGet(() -> Uni.createFrom().voidItem()))
                    .collect()
                    .last()
                    .replaceWith(answer.goesOn()));
  }

  private Uni<Void> send(Due due) {
    Optional<Endpoint.Https> endpoint = endpoints.find(due.endpoint());
    return endpoint.isEmpty()
        ? leave(due)
        : sender.send(endpoint.get(), due.event()).chain(outcome -> record(due, outcome));
  }

  /**
   * An endpoint that is not known here is a new one, of which others know, or one of the past. Who
   * does not know it uses up none of its attempts: it is due again when the claim ends.
   */
  private Uni<Void> leave(Due due) {
    Instant now = clock.instant();
    return now.isBefore(due.event().at().plus(DEPLOYMENT))
        ? Uni.createFrom().voidItem()
        : outbox.died(due.key(), now, REMOVED);
  }

  private Uni<Void> record(Due due, Outcome outcome) {
    if (outcome instanceof Outcome.Taken) {
      return outbox.taken(due.key(), clock.instant());
    } else if (outcome instanceof Outcome.Failed failed) {
      int attempts = due.attempts() + 1;
      LOG.infof("%s was not taken by %s: %s", due.event().id(), due.endpoint(), failed.reason());
      return attempts >= config.attempts()
          ? outbox.died(due.key(), clock.instant(), failed.reason())
          : outbox.again(
              due.key(),
              clock.instant().plus(RetryTimes.after(attempts, failed.after())),
              failed.reason());
    }
    throw new ForgottenCase(outcome);
  }
}
