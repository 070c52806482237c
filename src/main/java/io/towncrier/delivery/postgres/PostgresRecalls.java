package io.towncrier.delivery.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.recall.Recall;
import io.towncrier.delivery.recall.Recalls;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.preferences.Category;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Recalls in PostgreSQL: marks on the deliveries. */
@ApplicationScoped
class PostgresRecalls implements Recalls {
  private static final String[] CATEGORIES =
      Arrays.stream(Category.values()).map(Category::code).toArray(String[]::new);

  private final Database database;

  PostgresRecalls(Database database) {
    this.database = database;
  }

  @Override
  public Uni<List<Intent>> intents(Duration lease, int limit) {
    return database.rows(
        RecallSql.INTENTS, PostgresRecalls::intent, (double) lease.toMillis(), (long) limit);
  }

  private static Intent intent(Row row) {
    Optional<String> owner = row.optionalText("owner");
    return new Intent(
        row.number("id"),
        owner.isPresent() ? Kind.OWNER : Kind.NOTICE,
        owner.orElseGet(() -> row.text("notice_id")),
        row.flag("is_due"));
  }

  @Override
  public Uni<Boolean> isInFlight(Intent intent) {
    String sql =
        intent.kind() == Kind.OWNER ? OutboxSql.CLAIMS_OF_OWNER : OutboxSql.CLAIMS_OF_NOTICE;
    return database
        .rowsAlone(sql, row -> row.text("claim_id"), intent.of(), null)
        .map(claims -> !claims.isEmpty());
  }

  // A transaction that is repeated: results of sends take the same rows in another order.
  @Override
  public Uni<Integer> expand(Intent intent, int page) {
    return database.inTransaction(
        () ->
            intent.kind() == Kind.OWNER
                // No pages: an owner has few pushes, and the opt-out has read them before.
                ? database.update(RecallSql.EXPAND_OF_OWNER, intent.id()).replaceWith(0)
                : expandNotice(intent, page));
  }

  private Uni<Integer> expandNotice(Intent intent, int page) {
    return database
        .rows(
            RecallSql.EXPAND_OF_NOTICE,
            row -> (int) row.number("looked"),
            intent.id(),
            intent.of(),
            (long) page)
        .map(rows -> rows.get(0))
        .call(
            looked ->
                looked < page
                    ? database.update(RecallSql.EXPANDED, intent.id())
                    : Uni.createFrom().item(0));
  }

  @Override
  public Uni<List<Taken>> take(int limit, Duration belongsFor, List<String> notOf) {
    return database.inTransaction(
        () ->
            database.rows(
                RecallSql.TAKE,
                row -> new Taken(row.text("notice_id"), row.text("device_id")),
                (long) limit,
                (double) belongsFor.toMillis(),
                notOf.toArray(String[]::new)));
  }

  @Override
  public Uni<List<Recall>> of(List<Taken> taken) {
    return database
        .rows(
            RecallSql.OF_DEVICES,
            PostgresRecalls::found,
            taken.stream().map(Taken::device).toArray(String[]::new),
            CATEGORIES,
            taken.stream().map(Taken::notice).toArray(String[]::new))
        .map(PostgresRecalls::together);
  }

  /** Those of one device and category, in the order of the rows. */
  private static List<Recall> together(List<Recall> each) {
    Map<List<String>, Recall> groups = new LinkedHashMap<>();
    for (Recall one : each) {
      groups.merge(List.of(one.device(), one.category().code()), one, PostgresRecalls::joined);
    }
    return List.copyOf(groups.values());
  }

  private static Recall joined(Recall first, Recall next) {
    List<Recall.Held> pushes = new ArrayList<>(first.pushes());
    pushes.addAll(next.pushes());
    return new Recall(
        first.device(), first.category(), first.address(), first.byApp(), pushes, first.silent());
  }

  private static Recall found(Row row) {
    String device = row.text("device_id");
    return new Recall(
        device,
        category(row.text("category")),
        row.optionalBytes("push_sealed")
            .map(
                bytes ->
                    PushAddress.stored(
                        device, row.text("push_provider"), row.text("push_kind"), bytes)),
        row.flag("has_kit"),
        List.of(
            new Recall.Held(
                row.text("notice_id"),
                row.text("provider"),
                row.optionalText("accepted_as"),
                row.flag("is_due"),
                Duration.ofSeconds(row.number("seconds_left")))),
        categories(row.texts("silent")));
  }

  private static Set<Category> categories(List<String> codes) {
    return codes.stream().map(PostgresRecalls::category).collect(Collectors.toUnmodifiableSet());
  }

  private static Category category(String code) {
    return Category.parse(code).orElseThrow();
  }

  @Override
  public Uni<Void> record(List<Answered> answered) {
    return database
        .inTransaction(
            () ->
                database.update(
                    RecallSql.RECORD,
                    texts(answered, Answered::notice),
                    texts(answered, Answered::device),
                    texts(answered, one -> one.outcome().state().name()),
                    texts(answered, one -> one.outcome().why().orElse(null)),
                    answered.stream()
                        .map(one -> one.outcome().again().orElse(Duration.ZERO).toMillis())
                        .toArray(Long[]::new)))
        .replaceWithVoid();
  }

  private static @Nullable String[] texts(
      List<Answered> answered, Function<Answered, @Nullable String> value) {
    return answered.stream().map(value).toArray(String[]::new);
  }
}
