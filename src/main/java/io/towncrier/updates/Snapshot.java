package io.towncrier.updates;

import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The catalogue of one moment, arranged for answering: immutable, shared by all requests. */
public final class Snapshot {
  private final String id;
  private final Channels channels;
  private final Map<String, Releases> products;

  private Snapshot(String id, Channels channels, Map<String, Releases> products) {
    this.id = id;
    this.channels = channels;
    this.products = products;
  }

  static Snapshot of(CatalogueStore.Content content) {
    return new Snapshot(
        content.revision(),
        content.channels(),
        content.products().entrySet().stream()
            .map(entry -> Releases.of(entry.getKey(), entry.getValue()))
            .collect(Collectors.toUnmodifiableMap(r -> r.product().id(), Function.identity())));
  }

  /** Changes with every change of the catalogue. */
  public String id() {
    return id;
  }

  public Channels channels() {
    return channels;
  }

  public Optional<Releases> of(String product) {
    return Optional.ofNullable(products.get(product));
  }

  /**
   * A product and what there is of it.
   *
   * @param newestFirst by version
   */
  public record Releases(Product product, List<Release> newestFirst) {
    static Releases of(Product product, List<Release> releases) {
      return new Releases(
          product,
          releases.stream().sorted(Comparator.comparing(Release::version).reversed()).toList());
    }
  }
}
