package io.towncrier.privacy.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.Vault;
import io.towncrier.privacy.processors.ErasesAtProcessor.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EraseAtProcessorsTest {
  private final Memory outbox = new Memory();
  private final List<String> asked = new ArrayList<>();
  private Function<ToErase, Uni<Result>> processor = what -> now(new Result.Gone());
  private AddressUse.Use used = AddressUse.Use.NOBODY;
  private Instant now = Instant.parse("2026-05-04T12:00:00Z");

  @Test
  void whatIsConfirmedIsForgotten() {
    outbox.note("fcm", 45, now);
    assertThat(run()).isEqualTo(45);
    assertThat(outbox.rows).isEmpty();
    assertThat(asked).hasSize(45).doesNotHaveDuplicates();
  }

  @Test
  void itIsTriedUntilTheProcessorConfirmsWithLongerAndLongerPauses() {
    outbox.note("fcm", 1, now);
    processor = what -> now(new Result.Later("HTTP 503"));
    int tries = 0;
    for (int minute = 0; minute < 24 * 60; minute++) {
      assertThat(run()).isZero();
      now = now.plusSeconds(60);
      tries = asked.size();
    }
    // After 1, 2, 4 ... 256 minutes, and then every six hours.
    assertThat(tries).isBetween(10, 13);
    processor = what -> now(new Result.Gone());
    now = now.plus(Duration.ofHours(6));
    assertThat(run()).isEqualTo(1);
    assertThat(outbox.rows).isEmpty();
  }

  @Test
  void oneThatFailsKeepsNoOtherAndIsTriedAgain() {
    outbox.note("fcm", 45, now);
    processor =
        what ->
            what.id().equals("per_1")
                ? Uni.createFrom().failure(new IllegalStateException("does not open"))
                : now(new Result.Gone());
    assertThat(run()).isEqualTo(44);
    assertThat(outbox.rows).containsOnlyKeys("per_1");
    assertThat(asked).hasSize(45);
  }

  @Test
  void aProcessorThatIsAwayIsAskedForOneBatchAndNotForAll() {
    outbox.note("fcm", 45, now);
    processor = what -> now(new Result.Later("HTTP 503"));
    assertThat(run()).isZero();
    assertThat(asked).hasSize(20);
    assertThat(run()).isZero();
    assertThat(asked).as("the next run asks for others").hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  void aRunEndsAfterAThousandAndTheNextOneGoesOn() {
    outbox.note("fcm", 1_100, now);
    assertThat(run()).isEqualTo(1_000);
    assertThat(run()).isEqualTo(100);
    assertThat(outbox.rows).isEmpty();
  }

  @Test
  void whatCouldNotBeAskedIsNoTry() {
    outbox.note("fcm", 1, now);
    List<Integer> tries = new ArrayList<>();
    processor =
        what -> {
          tries.add(what.tries());
          return now(new Result.NotAsked("no-token"));
        };
    for (int minute = 0; minute < 30; minute++) {
      assertThat(run()).isZero();
      now = now.plusSeconds(60);
    }
    assertThat(tries).as("each minute, and always the first").hasSize(30).containsOnly(1);
  }

  @Test
  void anAddressThatNoKeyOpensIsSetAsideUntilTheKeyIsBack() {
    outbox.note("fcm", 45, now);
    processor =
        what ->
            what.id().equals("per_7")
                ? Uni.createFrom().failure(new Vault.DoesNotOpen("another key"))
                : now(new Result.Gone());
    EraseAtProcessors job = job();
    assertThat(job.run(() -> true).await().indefinitely()).isEqualTo(44);
    assertThat(job.unreadable()).isOne();
    Instant first = now;
    now = now.plus(Duration.ofHours(1));
    assertThat(job.run(() -> true).await().indefinitely()).isZero();
    assertThat(outbox.rows.get("per_7").closedSince()).contains(first);

    processor = what -> now(new Result.Gone());
    now = now.plus(Duration.ofHours(6));
    assertThat(job.run(() -> true).await().indefinitely()).isOne();
    assertThat(job.unreadable()).isZero();
  }

  @Test
  void anAddressThatNamesNothingIsNotTriedForEver() {
    outbox.note("fcm", 1, now);
    processor = what -> now(new Result.NothingToName());
    assertThat(run()).isEqualTo(1);
    assertThat(outbox.rows).isEmpty();
  }

  @Test
  void anAddressThatSomebodyUsesAgainIsNotDeletedAndOneThatIsBeingProvedWaits() {
    outbox.note("fcm", 1, now);
    used = AddressUse.Use.SOMEBODY_SAYS_SO;
    assertThat(run()).isZero();
    assertThat(outbox.rows).hasSize(1);
    now = now.plus(Duration.ofHours(1));
    used = AddressUse.Use.SOMEBODY;
    assertThat(run()).isEqualTo(1);
    assertThat(outbox.rows).isEmpty();
    assertThat(asked).as("the processor was never asked").isEmpty();
  }

  @Test
  void whereTheProcessorOffersNoDeletionNothingIsKeptForIt() {
    outbox.note("fcm", 1, now);
    processor = what -> now(new Result.NotOffered());
    assertThat(run()).isEqualTo(1);
    assertThat(outbox.rows).isEmpty();
  }

  @Test
  void aProcessThatDiesAfterTheAnswerAsksAgainAndNothingIsLost() {
    outbox.note("fcm", 1, now);
    outbox.dies = true;
    assertThatThrownBy(this::run).hasMessage("killed");
    assertThat(outbox.rows).as("it goes after the answer alone").hasSize(1);
    outbox.dies = false;
    assertThat(run()).as("it belongs to the one that died").isZero();
    now = now.plus(Duration.ofMinutes(5));
    assertThat(run()).isEqualTo(1);
    assertThat(asked).containsExactly("per_0", "per_0");
    assertThat(outbox.rows).isEmpty();
  }

  @Test
  void whatIsNotConfirmedForThreeDaysIsOverdueAlsoWithoutAnAdapter() {
    EraseAtProcessors job = job();
    outbox.note("of-nobody", 2, now);
    now = now.plus(EraseAtProcessors.OVERDUE_AFTER);
    job.run(() -> true).await().indefinitely();
    assertThat(job.overdue()).isZero();
    now = now.plusSeconds(1);
    job.run(() -> true).await().indefinitely();
    assertThat(job.overdue()).isEqualTo(2);
    outbox.rows.clear();
    job.run(() -> true).await().indefinitely();
    assertThat(job.overdue()).isZero();
  }

  @Test
  void withoutTimeNothingIsTried() {
    outbox.note("fcm", 1, now);
    assertThat(job().run(() -> false).await().indefinitely()).isZero();
    assertThat(asked).isEmpty();
  }

  private long run() {
    return job().run(() -> true).await().indefinitely();
  }

  private EraseAtProcessors job() {
    ErasesAtProcessor fcm =
        new ErasesAtProcessor() {
          @Override
          public String processor() {
            return "fcm";
          }

          @Override
          public Uni<Result> erase(ToErase what) {
            asked.add(what.id());
            return processor.apply(what);
          }
        };
    return new EraseAtProcessors(outbox, what -> now(used), List.of(fcm), () -> now);
  }

  private static <T> Uni<T> now(T result) {
    return Uni.createFrom().item(result);
  }

  /** The outbox, in memory. */
  private static final class Memory implements ErasureOutbox {
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private boolean dies;

    void note(String processor, int count, Instant at) {
      for (int i = 0; i < count; i++) {
        rows.put("per_" + i, new Row("per_" + i, processor, at, at, 0, Optional.empty()));
      }
    }

    @Override
    public Uni<List<ToErase>> take(Instant now, Instant until, int limit) {
      List<Row> due =
          rows.values().stream()
              .filter(row -> !row.nextTry().isAfter(now))
              .sorted(Comparator.comparing(Row::nextTry))
              .limit(limit)
              .toList();
      due.forEach(row -> rows.put(row.id(), row.tried(until)));
      return Uni.createFrom().item(due.stream().map(Row::toErase).toList());
    }

    @Override
    public Uni<Void> done(String id) {
      if (dies) {
        return Uni.createFrom().failure(new IllegalStateException("killed"));
      }
      rows.remove(id);
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> tryAgain(String id, Instant at) {
      rows.computeIfPresent(id, (key, row) -> row.at(at));
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> notTried(String id, Instant at) {
      rows.computeIfPresent(id, (key, row) -> row.untried(at));
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> setAside(String id, Instant since, Instant at) {
      rows.computeIfPresent(id, (key, row) -> row.closed(since, at));
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Long> setAside() {
      return Uni.createFrom()
          .item(rows.values().stream().filter(row -> row.closedSince().isPresent()).count());
    }

    @Override
    public Uni<Long> askedBefore(Instant moment) {
      return Uni.createFrom()
          .item(rows.values().stream().filter(row -> row.askedAt().isBefore(moment)).count());
    }
  }

  private record Row(
      String id,
      String processor,
      Instant askedAt,
      Instant nextTry,
      int tries,
      Optional<Instant> closedSince) {
    Row tried(Instant until) {
      return new Row(id, processor, askedAt, until, tries + 1, closedSince);
    }

    Row at(Instant moment) {
      return new Row(id, processor, askedAt, moment, tries, Optional.empty());
    }

    Row untried(Instant moment) {
      return new Row(id, processor, askedAt, moment, tries - 1, closedSince);
    }

    Row closed(Instant since, Instant moment) {
      Optional<Instant> first = closedSince.or(() -> Optional.of(since));
      return new Row(id, processor, askedAt, moment, tries, first);
    }

    ToErase toErase() {
      return new ToErase(id, processor, "TOKEN", "dev_1", new Sealed(new byte[1]), tries + 1);
    }
  }
}
