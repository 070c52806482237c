package io.towncrier.delivery.sending;

import io.quarkus.vertx.VertxContextSupport;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackGetui;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets changes race against workers that drain the outbox into a loopback FCM. */
final class FenceRaces implements AutoCloseable {
  private static final int CLIENTS = 16;
  // How far a client is at most away from where the workers are about to be.
  private static final int CLOSE = 64;

  private final RaceField field;
  private final DrainOutbox drain;
  private final Phones phones;
  private final int workers;
  private final Latencies latencies = new Latencies();
  private final ExecutorService threads;

  FenceRaces(RaceField field, DrainOutbox drain, LoopbackFcm fcm, int workers) {
    this(field, drain, new OfFcm(fcm), workers);
  }

  FenceRaces(RaceField field, DrainOutbox drain, Phones phones, int workers) {
    this.field = field;
    this.drain = drain;
    this.phones = phones;
    this.workers = workers;
    this.threads = Executors.newFixedThreadPool(workers + CLIENTS);
  }

  /** How long each change took, from the question to the answer. */
  Latencies latencies() {
    return latencies;
  }

  /** Every racer races once in each round, which ends when nothing is due. */
  Tally run(List<RaceField.Racer> racers, int rounds, long seed) throws Exception {
    return run(racers, rounds, seed, true);
  }

  /** As {@link #run}, but a round ends with the last answer: a silent provider takes nothing. */
  Tally runAgainstSilence(List<RaceField.Racer> racers, int rounds, long seed) throws Exception {
    return run(racers, rounds, seed, false);
  }

  private Tally run(List<RaceField.Racer> racers, int rounds, long seed, boolean toTheEnd)
      throws Exception {
    Random random = new Random(seed);
    Tally tally = Tally.NONE;
    for (int round = 0; round < rounds; round++) {
      List<String> notices = field.plan(racers, round % 2 == 0);
      Map<String, RaceField.Answer> answers =
          race(inAboutTheirOrder(racers, random), notices, toTheEnd);
      for (RaceField.Racer racer : racers) {
        RaceField.Answer answer = answers.get(racer.device());
        tally = tally.plus(Tally.of(answer, phones.arrivedAt(racer.address())));
        latencies.add(answer.acknowledgedNanos() - answer.askedNanos());
        phones.forget(racer.address());
      }
      field.forget(notices);
    }
    return tally;
  }

  private Map<String, RaceField.Answer> race(
      List<RaceField.Racer> racers, List<String> notices, boolean toTheEnd) throws Exception {
    Map<String, RaceField.Answer> answers = new ConcurrentHashMap<>();
    AtomicBoolean changing = new AtomicBoolean(true);
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> draining = new ArrayList<>();
    List<Future<?>> clients = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      draining.add(threads.submit(() -> work(changing, toTheEnd ? notices : List.of())));
    }
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(
          threads.submit(
              () -> {
                for (int n = next.getAndIncrement();
                    n < racers.size();
                    n = next.getAndIncrement()) {
                  RaceField.Racer racer = racers.get(n);
                  answers.put(racer.device(), field.forbid(racer));
                }
              }));
    }
    for (Future<?> client : clients) {
      client.get(5, TimeUnit.MINUTES);
    }
    changing.set(false);
    for (Future<?> worker : draining) {
      worker.get(5, TimeUnit.MINUTES);
    }
    return answers;
  }

  private void work(AtomicBoolean changing, List<String> notices) {
    try {
      while (changing.get() || (!notices.isEmpty() && field.isOpen(notices))) {
        VertxContextSupport.subscribeAndAwait(() -> drain.run(Optional.empty(), () -> true));
      }
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static List<RaceField.Racer> inAboutTheirOrder(
      List<RaceField.Racer> racers, Random random) {
    List<RaceField.Racer> order = new ArrayList<>(racers);
    for (int from = 0; from < order.size(); from += CLOSE) {
      Collections.shuffle(order.subList(from, Math.min(order.size(), from + CLOSE)), random);
    }
    return order;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** What stamps the arrivals of pushes. */
  interface Phones {
    /** When, of {@link System#nanoTime()}. */
    List<Long> arrivedAt(String address);

    void forget(String address);
  }

  private record OfFcm(LoopbackFcm fcm) implements Phones {
    @Override
    public List<Long> arrivedAt(String address) {
      return fcm.to(address).stream().map(LoopbackFcm.Arrival::nanos).toList();
    }

    @Override
    public void forget(String address) {
      fcm.forget(address);
    }
  }

  /** Repeats that Getui drops have been sent all the same. */
  record OfGetui(LoopbackGetui getui) implements Phones {
    @Override
    public List<Long> arrivedAt(String address) {
      return getui.all(address).stream().map(LoopbackGetui.Arrival::nanos).toList();
    }

    @Override
    public void forget(String address) {
      getui.forget(address);
    }
  }

  /**
   * What came of races.
   *
   * @param sentBefore whose push had arrived when the change was asked for
   * @param sentDuring whose push arrived between the question and the answer, which waited for it
   * @param neverSent whose push the change was in time to stop
   * @param sentAfter pushes that arrived after the answer: broken promises
   */
  record Tally(long races, long sentBefore, long sentDuring, long neverSent, long sentAfter) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    static Tally of(RaceField.Answer answer, List<Long> arrivals) {
      long before = 0;
      long during = 0;
      long after = 0;
      for (long arrival : arrivals) {
        if (arrival - answer.acknowledgedNanos() > 0) {
          after++;
        } else if (arrival - answer.askedNanos() > 0) {
          during++;
        } else {
          before++;
        }
      }
      return new Tally(1, before, during, arrivals.isEmpty() ? 1 : 0, after);
    }

    Tally plus(Tally other) {
      return new Tally(
          races + other.races,
          sentBefore + other.sentBefore,
          sentDuring + other.sentDuring,
          neverSent + other.neverSent,
          sentAfter + other.sentAfter);
    }
  }
}
