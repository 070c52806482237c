package io.towncrier.releases;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.LanguageTag;
import java.util.List;
import java.util.Map;

/** Keeps the catalogue. */
public interface CatalogueStore {
  /** Waits until no other import is under way; holds until the transaction ends. */
  Uni<Known> lockForImport();

  /** Writes a catalogue that was found valid, in the current transaction. */
  Uni<Changes> write(Catalogue catalogue);

  /** The id of the current content; changes with every change. */
  Uni<String> revision();

  /** Everything, as of one moment. */
  Uni<Content> load();

  /** What an import may refer to: channels, and products with their default language. */
  record Known(Channels channels, Map<String, LanguageTag> products) {}

  /** How many rows an import made and changed; the others stood there already. */
  record Changes(String revision, Count products, Count releases) {
    public record Count(long created, long changed) {}

    public boolean nothing() {
      return products.created() + products.changed() + releases.created() + releases.changed() == 0;
    }
  }

  /** The whole catalogue, each product with its releases in any order. */
  record Content(String revision, Channels channels, Map<Product, List<Release>> products) {}
}
