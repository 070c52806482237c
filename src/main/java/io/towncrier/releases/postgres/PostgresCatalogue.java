package io.towncrier.releases.postgres;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Halt;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Offload;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.postgres.CellHalts;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.json.ReleaseJson;
import io.towncrier.releases.version.VersionScheme;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The catalogue in PostgreSQL: written in sets, read in pages of whole products. */
@ApplicationScoped
class PostgresCatalogue implements CatalogueStore {
  /** Rows of so many products are read at once, so that no thread is held for long. */
  private static final int PRODUCTS_A_PAGE = 100;

  private static final CellHalts.Part ROLLOUTS = CellHalts.Part.ROLLOUTS;

  private final Database database;
  private final CellHalts halts;

  PostgresCatalogue(Database database, CellHalts halts) {
    this.database = database;
    this.halts = halts;
  }

  @Override
  public Uni<Void> lock() {
    return database
        .update(CatalogueSql.LONGER_WAIT)
        .chain(() -> database.rows(CatalogueSql.LOCK, row -> row.text("id")))
        .replaceWithVoid();
  }

  @Override
  public Uni<Known> known(Set<String> named) {
    return channels()
        .chain(
            channels ->
                database
                    .rows(
                        CatalogueSql.PRODUCT_LANGUAGES,
                        row ->
                            Map.entry(
                                row.text("id"), new LanguageTag(row.text("default_language"))),
                        (Object) named.toArray(String[]::new))
                    .map(
                        products ->
                            new Known(
                                channels,
                                products.stream()
                                    .collect(
                                        Collectors.toMap(
                                            Map.Entry::getKey, Map.Entry::getValue)))));
  }

  @Override
  public Uni<Map<ReleaseId, Optional<Release>>> differing(Catalogue catalogue) {
    return database
        .rows(
            CatalogueSql.DIFFERING_RELEASES,
            row ->
                Map.entry(
                    new ReleaseId(row.text("product_id"), row.text("version")),
                    row.optionalText("document")),
            StoredRows.releases(catalogue.releases()))
        .chain(
            rows ->
                Offload.run(
                    () ->
                        rows.stream()
                            .collect(
                                Collectors.toMap(
                                    Map.Entry::getKey,
                                    row -> row.getValue().map(ReleaseJson::stored)))));
  }

  @Override
  public Uni<Set<String>> ruledOtherwise(Catalogue catalogue) {
    return database
        .rows(
            CatalogueSql.RULED_OTHERWISE,
            row -> row.text("id"),
            StoredRows.products(catalogue.products()))
        .map(Set::copyOf);
  }

  @Override
  public Uni<Changes> write(Catalogue catalogue, String author) {
    return revision()
        .chain(
            known ->
                channelsOf(catalogue)
                    .chain(
                        channels ->
                            rowsOf(catalogue, known.number() + 1, author)
                                .chain(
                                    counts ->
                                        channels + counts.changed() == 0
                                            ? Uni.createFrom().item(counts.of(known, channels))
                                            : newRevision().map(now -> counts.of(now, channels)))));
  }

  private Uni<Integer> channelsOf(Catalogue catalogue) {
    return catalogue
        .channels()
        .map(
            given ->
                database.update(
                    CatalogueSql.WRITE_CHANNELS, (Object) given.inOrder().toArray(String[]::new)))
        .orElseGet(() -> Uni.createFrom().item(0));
  }

  private Uni<Counts> rowsOf(Catalogue catalogue, long number, String author) {
    return count(CatalogueSql.WRITE_PRODUCTS, StoredRows.products(catalogue.products()), number)
        .chain(
            products ->
                count(
                        CatalogueSql.WRITE_RELEASES,
                        StoredRows.releases(catalogue.releases()),
                        number,
                        author)
                    .map(releases -> new Counts(products, releases)));
  }

  private Uni<Changes.Count> count(String sql, Object... values) {
    return database
        .rows(sql, row -> new Changes.Count(row.number("created"), row.number("changed")), values)
        .map(rows -> rows.get(0));
  }

  /** Makes the catalogue another one; every instance is told when the transaction commits. */
  private Uni<Revision> newRevision() {
    return database
        .rows(CatalogueSql.NEW_REVISION, PostgresCatalogue::revision, Ids.next("cat"))
        .map(rows -> rows.get(0));
  }

  @Override
  public Uni<Revision> revision() {
    return database
        .rows(CatalogueSql.REVISION, PostgresCatalogue::revision)
        .map(rows -> rows.get(0));
  }

  @Override
  public Uni<Revision> changed(String product) {
    return touched(Set.of(product));
  }

  @Override
  public Uni<Halt> halt() {
    return halts.find(ROLLOUTS);
  }

  @Override
  public Uni<Revision> halted(Halt halt, Set<String> products) {
    return halts.save(ROLLOUTS, halt).chain(() -> touched(products));
  }

  private Uni<Revision> touched(Set<String> products) {
    return database
        .update(CatalogueSql.TOUCH, (Object) products.toArray(String[]::new))
        .chain(this::newRevision);
  }

  @Override
  public Uni<Content> load() {
    return atOneMoment(revision -> rows(revision, -1)).chain(rows -> Offload.run(rows::read));
  }

  @Override
  public Uni<Optional<Content>> changesSince(Revision known) {
    return atOneMoment(
            revision ->
                database
                    .rows(
                        CatalogueSql.IS_OF_THE_PAST,
                        row -> row.number("revisions"),
                        known.number(),
                        known.id())
                    .chain(
                        found ->
                            found.get(0) == 0
                                ? Uni.createFrom().item(Optional.<StoredContent>empty())
                                : rows(revision, known.number()).map(Optional::of)))
        .chain(
            rows ->
                rows.isPresent()
                    ? Offload.run(() -> Optional.of(rows.get().read()))
                    : Uni.createFrom().item(Optional.empty()));
  }

  @Override
  public Uni<Content> loadChangedIn(Revision revision) {
    return revision()
        .chain(known -> rows(known, revision.number() - 1))
        .chain(rows -> Offload.run(rows::read));
  }

  @Override
  public Uni<Optional<Content>> loadProduct(String product) {
    return database
        .inTransaction(
            () ->
                revision()
                    .chain(
                        revision ->
                            database
                                .rows(CatalogueSql.PRODUCT, PostgresCatalogue::product, product)
                                .chain(found -> rows(revision, found))))
        .chain(
            rows ->
                rows.products().isEmpty()
                    ? Uni.createFrom().item(Optional.<Content>empty())
                    : Offload.run(() -> Optional.of(rows.read())));
  }

  // Documents are read aside: thousands of them take a second.
  // Not by a lock: a snapshot must not wait for an import, which takes as long as it is linted.
  private <T> Uni<T> atOneMoment(Function<Revision, Uni<T>> work) {
    return database.inTransaction(
        () -> database.update(CatalogueSql.ONE_MOMENT).chain(this::revision).chain(work::apply));
  }

  private Uni<StoredContent> rows(Revision revision, long changedAfter) {
    return database
        .rows(CatalogueSql.PRODUCTS_CHANGED_AFTER, PostgresCatalogue::product, changedAfter)
        .chain(products -> rows(revision, products));
  }

  private Uni<StoredContent> rows(Revision revision, List<Product> products) {
    return Multi.createFrom()
        .iterable(pages(products))
        .onItem()
        .transformToUniAndConcatenate(
            page -> database.rows(CatalogueSql.RELEASES, StoredContent::row, (Object) page))
        .onItem()
        .transformToIterable(page -> page)
        .collect()
        .asList()
        .chain(
            releases ->
                channels()
                    .chain(
                        channels ->
                            halt()
                                .map(
                                    halt ->
                                        new StoredContent(
                                            revision, channels, products, releases, halt))));
  }

  private static List<String[]> pages(List<Product> products) {
    List<String[]> pages = new ArrayList<>();
    for (int i = 0; i < products.size(); i += PRODUCTS_A_PAGE) {
      pages.add(
          products.subList(i, Math.min(products.size(), i + PRODUCTS_A_PAGE)).stream()
              .map(Product::id)
              .toArray(String[]::new));
    }
    return pages;
  }

  private Uni<Channels> channels() {
    return database.rows(CatalogueSql.CHANNELS, row -> row.text("id")).map(Channels::new);
  }

  private static Revision revision(Row row) {
    return new Revision(row.text("id"), row.number("number"));
  }

  static Product product(Row row) {
    return new Product(
        row.text("id"),
        row.text("name"),
        Product.Kind.valueOf(row.text("kind")),
        new LanguageTag(row.text("default_language")),
        row.optionalDate("supported_until"),
        VersionScheme.valueOf(row.text("version_scheme")),
        row.flag("security_only"));
  }

  private record Counts(Changes.Count products, Changes.Count releases) {
    long changed() {
      return products.created() + products.changed() + releases.created() + releases.changed();
    }

    Changes of(Revision revision, int channels) {
      return new Changes(revision, channels, products, releases);
    }
  }
}
