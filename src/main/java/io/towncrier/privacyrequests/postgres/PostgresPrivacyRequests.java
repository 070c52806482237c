package io.towncrier.privacyrequests.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.rights.Ground;
import io.towncrier.privacyrequests.PrivacyRequest;
import io.towncrier.privacyrequests.PrivacyRequests;
import io.towncrier.privacyrequests.RefusalReason;
import io.towncrier.privacyrequests.RequestAnswer;
import io.towncrier.privacyrequests.RequestKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests in PostgreSQL. Enums are stored by the names of their constants. */
@ApplicationScoped
class PostgresPrivacyRequests implements PrivacyRequests {
  private static final String ADD =
      """
      INSERT INTO privacy_request (id, kind, reference, ground, verified_at, due_at, opened_at,
        opened_by, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'OPEN')
      ON CONFLICT (id) DO NOTHING
      """;

  private static final String REQUEST =
      """
      SELECT request.id, request.kind, request.reference, request.ground, request.verified_at,
        request.opened_at, request.opened_by, request.state, request.answer, request.refusal,
        request.decided_by, request.closed_at, request.closed_by
      FROM privacy_request AS request
      """;

  private static final String FIND = REQUEST + "WHERE request.id = $1";

  private static final String CLOSE =
      """
      UPDATE privacy_request SET state = $2, answer = $3, refusal = $4, decided_by = $5,
        closed_at = $6, closed_by = $7
      WHERE id = $1
      """;

  private static final String MEETS =
      """
      WHERE ($1::text IS NULL OR request.state = $1)
        AND ($2::text IS NULL OR request.kind = $2)
        AND ($3::timestamptz IS NULL OR request.due_at < $3)
      """;

  private static final String LIST =
      REQUEST
          + MEETS
          + """
          AND ($4::timestamptz IS NULL OR (request.due_at, request.id) %1$s ($4, $5))
          ORDER BY request.due_at %2$s, request.id %2$s
          LIMIT $6
          """;

  private static final String COUNT = Pages.count("FROM privacy_request AS request " + MEETS);

  // By the index of open requests: closed ones are many, in the course of the years.
  private static final String PRESSING =
      """
      SELECT count(*) AS remind, count(*) FILTER (WHERE request.due_at <= $2) AS alarm,
        count(*) FILTER (WHERE request.due_at <= $3) AS overdue
      FROM privacy_request AS request
      WHERE request.state = 'OPEN' AND request.due_at <= $1
      """;

  private final Database database;

  PostgresPrivacyRequests(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Boolean> add(PrivacyRequest.Open request) {
    PrivacyRequest.Opened opened = request.opened();
    return database
        .update(
            ADD,
            opened.id(),
            opened.kind().name(),
            opened.reference(),
            opened.ground().map(Enum::name).orElse(null),
            utc(opened.verifiedAt()),
            utc(opened.deadline().due()),
            utc(opened.openedAt()),
            opened.openedBy())
        .map(added -> added == 1);
  }

  @Override
  public Uni<Optional<PrivacyRequest>> find(String id) {
    return one(FIND, id);
  }

  @Override
  public Uni<Optional<PrivacyRequest>> lock(String id) {
    return one(FIND + " FOR UPDATE", id);
  }

  private Uni<Optional<PrivacyRequest>> one(String sql, String id) {
    return database
        .rows(sql, PostgresPrivacyRequests::request, id)
        .map(found -> found.stream().findFirst());
  }

  @Override
  public Uni<Void> close(PrivacyRequest closed) {
    if (closed instanceof PrivacyRequest.Answered answered) {
      return close(closed, answered.answer().name(), null, null, answered.closed());
    }
    if (closed instanceof PrivacyRequest.Refused refused) {
      return close(closed, null, refused.reason().name(), refused.decidedBy(), refused.closed());
    }
    if (closed instanceof PrivacyRequest.Open) {
      throw new IllegalArgumentException("the request is open");
    }
    throw new ForgottenCase(closed);
  }

  private Uni<Void> close(
      PrivacyRequest request,
      @Nullable String answer,
      @Nullable String refusal,
      @Nullable String decidedBy,
      PrivacyRequest.Closed closed) {
    return database
        .update(
            CLOSE,
            request.opened().id(),
            request.state().toUpperCase(Locale.ROOT),
            answer,
            refusal,
            decidedBy,
            utc(closed.at()),
            closed.by())
        .replaceWithVoid();
  }

  @Override
  public Uni<Page<PrivacyRequest>> list(Query query, PageRequest<Key> request) {
    String state = query.state().map(Enum::name).orElse(null);
    String kind = query.kind().map(Enum::name).orElse(null);
    OffsetDateTime dueBefore = query.dueBefore().map(PostgresPrivacyRequests::utc).orElse(null);
    return database
        .rows(
            Pages.ordered(LIST, request.descending()),
            PostgresPrivacyRequests::request,
            state,
            kind,
            dueBefore,
            request.after().map(key -> utc(key.due())).orElse(null),
            request.after().map(Key::id).orElse(null),
            (long) request.limitAndOne())
        .chain(
            found ->
                Pages.of(
                    found,
                    request,
                    () -> database.rows(COUNT, Pages::counted, state, kind, dueBefore)));
  }

  @Override
  public Uni<Pressing> count(Instant remind, Instant alarm, Instant overdue) {
    return database
        .rowsAlone(
            PRESSING,
            row -> new Pressing(row.number("remind"), row.number("alarm"), row.number("overdue")),
            utc(remind),
            utc(alarm),
            utc(overdue))
        .map(found -> found.get(0));
  }

  private static PrivacyRequest request(Row row) {
    PrivacyRequest.Opened opened =
        new PrivacyRequest.Opened(
            row.text("id"),
            RequestKind.valueOf(row.text("kind")),
            row.text("reference"),
            row.optionalText("ground").map(Ground::valueOf),
            row.instant("verified_at"),
            row.instant("opened_at"),
            row.text("opened_by"));
    return switch (PrivacyRequest.State.valueOf(row.text("state"))) {
      case OPEN -> new PrivacyRequest.Open(opened);
      case ANSWERED ->
          new PrivacyRequest.Answered(
              opened, RequestAnswer.valueOf(row.text("answer")), closed(row));
      case REFUSED ->
          new PrivacyRequest.Refused(
              opened,
              RefusalReason.valueOf(row.text("refusal")),
              row.text("decided_by"),
              closed(row));
    };
  }

  private static PrivacyRequest.Closed closed(Row row) {
    return new PrivacyRequest.Closed(row.instant("closed_at"), row.text("closed_by"));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
