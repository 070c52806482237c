package io.towncrier.releases.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import io.towncrier.releases.Product;
import io.towncrier.releases.ProductStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Products one by one. */
@ApplicationScoped
class PostgresProducts implements ProductStore {
  private static final String FIND =
      """
      SELECT product.id, product.name, product.kind, product.default_language,
        product.supported_until, product.version_scheme, product.security_only, product.revision
      FROM product WHERE product.id = $1
      """;

  private static final String LIST =
      """
      SELECT product.id, product.name, product.kind, product.default_language,
        product.supported_until, product.version_scheme, product.security_only, product.revision
      FROM product WHERE ($1::text IS NULL OR product.id %s $1) ORDER BY product.id %s LIMIT $2
      """;

  private static final String COUNT = Pages.count("FROM product");

  private static final String INSERT =
      """
      INSERT INTO product (id, name, kind, default_language, supported_until, version_scheme,
        security_only)
      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
      """;

  private static final String UPDATE =
      """
      UPDATE product SET name = $2, kind = $3, default_language = $4, supported_until = $5,
        version_scheme = $6, security_only = $7, revision = product.revision + 1
      WHERE product.id = $1 AND product.revision = $8
      """;

  private final Database database;

  PostgresProducts(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Optional<Stored>> find(String id) {
    return database.rows(FIND, PostgresProducts::stored, id).map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<Page<Stored>> list(PageRequest<String> request) {
    return database
        .rows(
            Pages.ordered(LIST, request.descending()),
            PostgresProducts::stored,
            request.after().orElse(null),
            request.limitAndOne())
        .chain(found -> Pages.of(found, request, () -> database.rows(COUNT, Pages::counted)));
  }

  @Override
  public Uni<Boolean> insert(Product product) {
    return database
        .update(
            INSERT,
            product.id(),
            product.name(),
            product.kind().name(),
            product.defaultLanguage().value(),
            supportedUntil(product),
            product.scheme().name(),
            product.securityOnly())
        .map(rows -> rows == 1);
  }

  @Override
  public Uni<Boolean> update(Product product, int revision) {
    return database
        .update(
            UPDATE,
            product.id(),
            product.name(),
            product.kind().name(),
            product.defaultLanguage().value(),
            supportedUntil(product),
            product.scheme().name(),
            product.securityOnly(),
            revision)
        .map(rows -> rows == 1);
  }

  private static @Nullable LocalDate supportedUntil(Product product) {
    return product.supportedUntil().orElse(null);
  }

  private static Stored stored(Row row) {
    return new Stored(PostgresCatalogue.product(row), (int) row.number("revision"));
  }
}
