package io.towncrier.releases;

import java.util.List;
import java.util.Optional;

/**
 * What an import brings. Products and releases it does not name stay as they are.
 *
 * @param channels all of them in order, or empty to keep those that are there
 * @param products each id once
 * @param releases each pair of product and version once
 */
public record Catalogue(Optional<Channels> channels, List<Product> products, List<Entry> releases) {
  public Catalogue {
    products = List.copyOf(products);
    releases = List.copyOf(releases);
  }

  /**
   * A release and the products it is for.
   *
   * @param products ids
   */
  public record Entry(List<String> products, Release release) {
    public Entry {
      products = List.copyOf(products);
    }
  }
}
