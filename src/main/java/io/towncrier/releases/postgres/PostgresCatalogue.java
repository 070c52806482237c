package io.towncrier.releases.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.Ids;
import io.towncrier.platform.LanguageTag;
import io.towncrier.platform.LocalizedText;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.releases.Artifact;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.Severity;
import io.towncrier.releases.Version;
import io.towncrier.releases.targeting.CountryRule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The catalogue in PostgreSQL: written in sets, read as a whole. */
@ApplicationScoped
class PostgresCatalogue implements CatalogueStore {
  private final Database database;

  PostgresCatalogue(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Known> lockForImport() {
    return database
        .rows(CatalogueSql.LOCK, row -> row.text(0))
        .chain(this::channels)
        .chain(
            channels ->
                database
                    .rows(
                        CatalogueSql.PRODUCT_LANGUAGES,
                        row -> Map.entry(row.text(0), language(row.text(1))))
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
  public Uni<Changes> write(Catalogue catalogue) {
    String fresh = Ids.next("cat");
    Uni<Integer> channels =
        catalogue
            .channels()
            .map(
                given ->
                    database.update(
                        CatalogueSql.WRITE_CHANNELS,
                        (Object) given.inOrder().toArray(String[]::new)))
            .orElseGet(() -> Uni.createFrom().item(0));
    return channels.chain(
        changedChannels ->
            count(CatalogueSql.WRITE_PRODUCTS, StoredRelease.productsJson(catalogue.products()))
                .chain(
                    products ->
                        count(
                                CatalogueSql.WRITE_RELEASES,
                                StoredRelease.releasesJson(catalogue.releases()))
                            .map(releases -> new Changes(fresh, products, releases)))
                .chain(
                    changes ->
                        changes.nothing() && changedChannels == 0
                            ? revision()
                                .map(r -> new Changes(r, changes.products(), changes.releases()))
                            : database
                                .update(CatalogueSql.NEW_REVISION, fresh)
                                .replaceWith(changes)));
  }

  @Override
  public Uni<String> revision() {
    return database.rows(CatalogueSql.REVISION, row -> row.text(0)).map(rows -> rows.get(0));
  }

  @Override
  public Uni<Content> load() {
    // The lock keeps an import from coming in between the four statements.
    return database.inTransaction(
        () ->
            database
                .rows(CatalogueSql.LOCK_FOR_READING, row -> row.text(0))
                .chain(
                    revision ->
                        channels()
                            .chain(
                                channels ->
                                    products()
                                        .map(
                                            products ->
                                                new Content(
                                                    revision.get(0), channels, products)))));
  }

  private Uni<Map<Product, List<Release>>> products() {
    return database
        .rows(CatalogueSql.PRODUCTS, PostgresCatalogue::product)
        .chain(
            products ->
                database
                    .rows(CatalogueSql.RELEASES, new ReleaseReader()::read)
                    .map(
                        releases -> {
                          Map<String, List<Release>> byProduct =
                              releases.stream()
                                  .collect(
                                      Collectors.groupingBy(
                                          Map.Entry::getKey,
                                          Collectors.mapping(
                                              Map.Entry::getValue, Collectors.toList())));
                          Map<Product, List<Release>> all = new LinkedHashMap<>();
                          products.forEach(
                              p -> all.put(p, byProduct.getOrDefault(p.id(), List.of())));
                          return all;
                        }));
  }

  private Uni<Channels> channels() {
    return database.rows(CatalogueSql.CHANNELS, row -> row.text(0)).map(Channels::new);
  }

  private Uni<Changes.Count> count(String sql, String json) {
    return database
        .rows(sql, row -> new Changes.Count(row.number(0), row.number(1)), json)
        .map(rows -> rows.get(0));
  }

  private static Product product(Row row) {
    return new Product(
        row.text(0),
        row.text(1),
        Product.Kind.valueOf(row.text(2)),
        language(row.text(3)),
        row.optionalDate(4));
  }

  private static LanguageTag language(String tag) {
    return new LanguageTag(tag);
  }

  /** Thousands of releases share their notes, so each distinct text is read once and held once. */
  private static final class ReleaseReader {
    private final Map<String, LocalizedText> notes = new HashMap<>();
    private final Map<String, List<Artifact>> artifacts = new HashMap<>();
    private final Map<List<List<String>>, CountryRule> countries = new HashMap<>();
    private final Map<String, Version> versions = new HashMap<>();
    private final Map<String, String> channels = new HashMap<>();

    Map.Entry<String, Release> read(Row row) {
      return Map.entry(
          row.text(0),
          new Release(
              versions.computeIfAbsent(row.text(1), t -> Version.parse(t).orElseThrow()),
              channels.computeIfAbsent(row.text(2), t -> t),
              Severity.valueOf(row.text(3)),
              row.flag(4),
              row.instant(5),
              countries.computeIfAbsent(
                  List.of(row.texts(6), row.texts(7)),
                  lists -> new CountryRule(set(lists.get(0)), set(lists.get(1)))),
              notes.computeIfAbsent(row.text(8), StoredRelease::notes),
              artifacts.computeIfAbsent(row.text(9), StoredRelease::artifacts)));
    }

    private static Set<CountryCode> set(List<String> codes) {
      return codes.stream().map(CountryCode::new).collect(Collectors.toSet());
    }
  }
}
