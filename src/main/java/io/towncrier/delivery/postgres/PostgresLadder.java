package io.towncrier.delivery.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.ladder.DropReason;
import io.towncrier.delivery.ladder.LadderStore;
import io.towncrier.delivery.ladder.ReportedStep.PushName;
import io.towncrier.delivery.ladder.Rungs;
import io.towncrier.delivery.ladder.Rungs.Dropped;
import io.towncrier.delivery.ladder.Rungs.Told;
import io.towncrier.delivery.ladder.StepCount;
import io.towncrier.delivery.ladder.StepSource;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.retention.Remover;
import io.towncrier.privacy.retention.RetentionPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The ladder in PostgreSQL: columns of the delivery, and counts beside. */
@ApplicationScoped
class PostgresLadder implements LadderStore, Remover {
  private final Database database;
  private final RetentionPolicy policy;

  PostgresLadder(Database database, RetentionPolicy policy) {
    this.database = database;
    this.policy = policy;
  }

  @Override
  public Uni<List<Known>> lock(List<PushName> names) {
    return database
        .rows(
            LadderSql.LOCK,
            row -> Map.entry((int) row.number("place"), known(row)),
            IntStream.range(0, names.size()).mapToObj(Long::valueOf).toArray(Long[]::new),
            texts(names, PushName::device),
            texts(names, name -> name instanceof PushName.OfNotice of ? of.notice() : null),
            texts(names, name -> name instanceof PushName.OfMessage of ? of.message() : null))
        .map(
            rows ->
                List.copyOf(
                    rows.stream()
                        .collect(
                            Collectors.toMap(
                                Map.Entry::getKey,
                                Map.Entry::getValue,
                                (first, second) -> first,
                                TreeMap::new))
                        .values()));
  }

  @Override
  public Uni<Void> write(List<Taken> taken, Instant now) {
    List<Counted> counted = counted(taken);
    return database
        .update(
            LadderSql.WRITE,
            texts(taken, Taken::notice),
            texts(taken, Taken::device),
            times(taken, Rungs::held),
            times(taken, Rungs::arrived),
            sources(taken, Rungs::arrived),
            times(taken, Rungs::shown),
            sources(taken, Rungs::shown),
            times(taken, Rungs::opened),
            sources(taken, Rungs::opened),
            times(taken, PostgresLadder::dropped),
            sources(taken, PostgresLadder::dropped),
            texts(taken, t -> t.after().dropped().map(d -> d.reason().name()).orElse(null)),
            texts(counted, Counted::notice),
            texts(counted, c -> c.count().axis()),
            texts(counted, c -> c.count().value()),
            texts(counted, c -> c.count().state()),
            counted.stream().map(Counted::devices).toArray(Long[]::new),
            utc(now))
        .replaceWithVoid();
  }

  @Override
  public Set<String> periods() {
    return Set.of("push-steps");
  }

  @Override
  public Uni<Integer> remove(Instant now, int limit) {
    return database.update(LadderSql.FORGET_OLD, utc(now.minus(policy.pushSteps())), (long) limit);
  }

  /** One row for all pushes of a notice that took the same step, in the order of the keys. */
  private static List<Counted> counted(List<Taken> taken) {
    return taken.stream()
        .flatMap(
            push ->
                StepCount.between(push.before(), push.after()).stream()
                    .map(count -> new Counted(push.notice(), count, 1L)))
        .collect(
            Collectors.groupingBy(
                one -> Map.entry(one.notice(), one.count()), Collectors.counting()))
        .entrySet()
        .stream()
        .map(same -> new Counted(same.getKey().getKey(), same.getKey().getValue(), same.getValue()))
        .sorted(Comparator.comparing(Counted::notice))
        .toList();
  }

  private static Known known(Row row) {
    return new Known(
        row.flag("receipts"),
        row.optionalText("notice_id")
            .map(notice -> new Push(notice, row.text("device_id"), rungs(row))));
  }

  private static Rungs rungs(Row row) {
    if (!row.flag("is_accepted")) {
      return Rungs.planned();
    }
    return new Rungs(
        row.optionalInstant("finished_at"),
        row.optionalInstant("held_at").map(at -> new Told(at, StepSource.PROVIDER)),
        told(row, "arrived"),
        told(row, "shown"),
        told(row, "opened"),
        told(row, "dropped")
            .map(told -> new Dropped(told, DropReason.valueOf(row.text("dropped_because")))));
  }

  private static Optional<Told> told(Row row, String step) {
    return row.optionalInstant(step + "_at")
        .map(at -> new Told(at, StepSource.parse(row.text(step + "_by")).orElseThrow()));
  }

  private static Optional<Told> dropped(Rungs rungs) {
    return rungs.dropped().map(Dropped::told);
  }

  private static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }

  private static @Nullable OffsetDateTime[] times(
      List<Taken> taken, Function<Rungs, Optional<Told>> step) {
    return taken.stream()
        .map(push -> step.apply(push.after()).map(told -> utc(told.at())).orElse(null))
        .toArray(OffsetDateTime[]::new);
  }

  private static @Nullable String[] sources(
      List<Taken> taken, Function<Rungs, Optional<Told>> step) {
    return texts(taken, push -> step.apply(push.after()).map(t -> t.by().code()).orElse(null));
  }

  private static OffsetDateTime utc(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }

  private record Counted(String notice, StepCount count, long devices) {}
}
