package io.towncrier.ddi.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.enrolment.GatewayTokenStore;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;

/** Tokens of gateways in PostgreSQL. */
@ApplicationScoped
class PostgresGatewayTokens implements GatewayTokenStore {
  private static final String ADD =
      """
      INSERT INTO gateway_token (id, product_id, country, token_index, created_at, created_by)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;

  private static final String REVOKE =
      """
      UPDATE gateway_token SET revoked_at = $2, revoked_by = $3
      WHERE gateway_token.id = $1 AND gateway_token.revoked_at IS NULL
      """;

  private static final String LIST =
      """
      SELECT token.id, token.product_id, token.country, token.created_at, token.created_by,
        token.revoked_at
      FROM gateway_token AS token
      """;

  private static final String ASCENDING =
      LIST + "WHERE $1::text IS NULL OR token.id > $1 ORDER BY token.id LIMIT $2";
  private static final String DESCENDING =
      LIST + "WHERE $1::text IS NULL OR token.id < $1 ORDER BY token.id DESC LIMIT $2";

  private static final String COUNT =
      """
      SELECT count(*) AS tokens FROM (SELECT 1 FROM gateway_token LIMIT $1) AS counted
      """;

  private final Database database;

  PostgresGatewayTokens(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Void> add(Token token, byte[] index) {
    return database
        .update(
            ADD,
            token.id(),
            token.product(),
            token.country().map(CountryCode::value).orElse(null),
            Buffer.buffer(index),
            token.createdAt().atOffset(ZoneOffset.UTC),
            token.createdBy())
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> revoke(String id, String operator, Instant now) {
    return database
        .update(REVOKE, id, now.atOffset(ZoneOffset.UTC), operator)
        .map(changed -> changed == 1);
  }

  @Override
  public Uni<Page<Token>> list(PageRequest<String> request) {
    return database
        .rows(
            request.descending() ? DESCENDING : ASCENDING,
            PostgresGatewayTokens::token,
            request.after().orElse(null),
            (long) request.limitAndOne())
        .chain(
            found ->
                database
                    .rows(COUNT, row -> row.number("tokens"), (long) Page.COUNTED + 1)
                    .map(counted -> Page.of(found, request, counted.get(0))));
  }

  private static Token token(Row row) {
    return new Token(
        row.text("id"),
        row.text("product_id"),
        row.optionalText("country").map(CountryCode::new),
        row.instant("created_at"),
        row.text("created_by"),
        row.optionalInstant("revoked_at"));
  }
}
