package io.towncrier.delivery.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.PushContent;
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
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Recalls in PostgreSQL: marks on the deliveries. */
@ApplicationScoped
class PostgresRecalls implements Recalls {
  private static final String[] CATEGORIES =
      Arrays.stream(Category.values()).map(Category::code).toArray(String[]::new);

  // As many as a busy minute leaves; the rest goes with the next run.
  private static final long FORGOTTEN_AT_ONCE = 10_000;

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
        kind(owner.isPresent(), row.optionalText("because")),
        owner.orElseGet(() -> row.text("notice_id")),
        row.flag("is_due"));
  }

  private static Kind kind(boolean ofOwner, Optional<String> because) {
    return because
        .map(
            code ->
                switch (code) {
                  case "withdrawn" -> Kind.WITHDRAWN;
                  case "updated-meanwhile" -> Kind.UPDATED;
                  case "unlinked" -> Kind.UNLINKED;
                  default -> throw new IllegalStateException("no intent is because of " + code);
                })
        .orElse(ofOwner ? Kind.OWNER : Kind.NOTICE);
  }

  // Where nobody waits for an answer the leases are waited for, and no claim is looked for.
  @Override
  public Uni<Boolean> isInFlight(Intent intent) {
    return switch (intent.kind()) {
      case OWNER -> isInFlight(OutboxSql.CLAIMS_OF_OWNER, intent);
      case NOTICE -> isInFlight(OutboxSql.CLAIMS_OF_NOTICE, intent);
      case WITHDRAWN, UPDATED, UNLINKED -> Uni.createFrom().item(Boolean.TRUE);
    };
  }

  private Uni<Boolean> isInFlight(String sql, Intent intent) {
    return database
        .rowsAlone(sql, row -> row.text("claim_id"), intent.of(), null)
        .map(claims -> !claims.isEmpty());
  }

  // A transaction that is repeated: results of sends take the same rows in another order.
  @Override
  public Uni<Integer> expand(Intent intent, int page) {
    return database.inTransaction(
        () ->
            switch (intent.kind()) {
              // No pages: an owner has few pushes, and the opt-out has read them before.
              case OWNER -> database.update(RecallSql.EXPAND_OF_OWNER, intent.id()).replaceWith(0);
              case UNLINKED ->
                  database
                      .update(RecallSql.EXPAND_OF_UNLINKED, intent.id(), intent.of())
                      .replaceWith(0);
              case NOTICE, WITHDRAWN -> expandNotice(intent, page);
              case UPDATED -> throw new IllegalArgumentException("asks for what is unwanted");
            });
  }

  @Override
  public Uni<List<AboutRelease>> aboutReleases(String device) {
    return database.rows(
        RecallSql.ABOUT_RELEASES,
        row ->
            new AboutRelease(
                row.text("notice_id"),
                row.text("device_id"),
                new PushContent.Release(row.text("about_product"), row.text("about_version"))),
        device);
  }

  @Override
  public Uni<Void> expand(Intent updated, List<Unwanted> unwanted) {
    return database
        .inTransaction(
            () ->
                database.update(
                    RecallSql.EXPAND_OF_UPDATED,
                    updated.id(),
                    texts(unwanted, Unwanted::notice),
                    texts(unwanted, Unwanted::device),
                    texts(unwanted, Unwanted::because)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> forgetAddresses() {
    // Once more does no harm.
    return database.rowsAlone(RecallSql.DROP_OVER, row -> row, FORGOTTEN_AT_ONCE).replaceWithVoid();
  }

  private Uni<Integer> expandNotice(Intent intent, int page) {
    return database
        .rows(
            RecallSql.EXPAND_OF_NOTICE,
            row -> (int) row.number("looked"),
            intent.id(),
            intent.of(),
            (long) page,
            intent.kind() == Kind.WITHDRAWN)
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
            take(RecallSql.TAKE, limit, belongsFor, notOf)
                .chain(
                    taken ->
                        taken.size() == limit
                            ? Uni.createFrom().item(taken)
                            : take(RecallSql.TAKE_LEFT, limit - taken.size(), belongsFor, notOf)
                                .map(left -> both(taken, left))));
  }

  private Uni<List<Taken>> take(String sql, int limit, Duration belongsFor, List<String> notOf) {
    return database.rows(
        sql,
        row -> new Taken(row.text("notice_id"), row.text("device_id")),
        (long) limit,
        (double) belongsFor.toMillis(),
        notOf.toArray(String[]::new));
  }

  private static <T> List<T> both(List<T> some, List<T> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  @Override
  public Uni<List<Recall>> of(List<Taken> taken) {
    String[] devices = taken.stream().map(Taken::device).toArray(String[]::new);
    String[] notices = taken.stream().map(Taken::notice).toArray(String[]::new);
    return database
        .rows(RecallSql.OF_DEVICES, PostgresRecalls::found, devices, CATEGORIES, notices)
        .chain(
            found ->
                hasAll(found, devices)
                    ? Uni.createFrom().item(found)
                    : database
                        .rows(RecallSql.OF_GONE, PostgresRecalls::found, devices, notices)
                        .map(gone -> both(found, gone)))
        .map(PostgresRecalls::together);
  }

  private static boolean hasAll(List<Recall> found, String[] devices) {
    return found.stream()
        .map(Recall::device)
        .collect(Collectors.toUnmodifiableSet())
        .containsAll(List.of(devices));
  }

  /**
   * Those of one device, category and address, in the order of the rows. A push is named once: the
   * address that it went to may be a former one and, in another place, the device's again.
   */
  static List<Recall> together(List<Recall> each) {
    Map<List<String>, Recall> groups = new LinkedHashMap<>();
    for (Recall one : each) {
      groups.merge(
          List.of(one.device(), one.category().code(), keyOf(one.address())),
          one,
          PostgresRecalls::joined);
    }
    return List.copyOf(groups.values());
  }

  private static String keyOf(Optional<PushAddress> address) {
    return address.map(one -> HexFormat.of().formatHex(one.sealed().bytes())).orElse("");
  }

  private static Recall joined(Recall first, Recall next) {
    List<Recall.Held> pushes = new ArrayList<>(first.pushes());
    next.pushes().stream().filter(push -> !isNamed(first, push)).forEach(pushes::add);
    return new Recall(
        first.device(), first.category(), first.address(), first.byApp(), pushes, first.silent());
  }

  private static boolean isNamed(Recall in, Recall.Held push) {
    return in.pushes().stream().anyMatch(named -> named.notice().equals(push.notice()));
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
                database
                    .update(
                        RecallSql.RECORD,
                        texts(answered, Answered::notice),
                        texts(answered, Answered::device),
                        texts(answered, one -> one.outcome().state().name()),
                        texts(answered, one -> one.outcome().why().orElse(null)),
                        againMillis(answered))
                    .chain(
                        written ->
                            written == answered.size()
                                ? Uni.createFrom().item(0)
                                : recordLeft(answered)))
        .replaceWithVoid();
  }

  /** Those of devices that are gone. */
  private Uni<Integer> recordLeft(List<Answered> answered) {
    return database.update(
        RecallSql.RECORD_LEFT,
        texts(answered, Answered::notice),
        texts(answered, Answered::device),
        texts(answered, one -> one.outcome().state().name()),
        againMillis(answered));
  }

  private static Long[] againMillis(List<Answered> answered) {
    return answered.stream()
        .map(one -> one.outcome().again().orElse(Duration.ZERO).toMillis())
        .toArray(Long[]::new);
  }

  private static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }
}
