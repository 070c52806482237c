package io.towncrier.releases;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Halt;
import io.towncrier.platform.language.LanguageTag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Keeps the catalogue as a whole: what imports write, and what snapshots are made of. */
public interface CatalogueStore {
  /** Waits until nobody else changes the catalogue; holds until the transaction ends. */
  Uni<Void> lock();

  /**
   * What a document may refer to without bringing it.
   *
   * @param products that it names; of the others nothing is told
   */
  Uni<Known> known(Set<String> products);

  /**
   * The releases of a catalogue that are not there yet, or stand there otherwise.
   *
   * @return by each of them what stands there now
   */
  Uni<Map<ReleaseId, Optional<Release>>> differing(Catalogue catalogue);

  /**
   * The products that are there and that a catalogue gives another order of versions, or other
   * security support: their releases may then reach other devices.
   */
  Uni<Set<String>> ruledOtherwise(Catalogue catalogue);

  /**
   * Writes a catalogue that was found valid, in the current transaction.
   *
   * @param author subject of the operator, of whom the releases are that it makes or changes
   */
  Uni<Changes> write(Catalogue catalogue, String author);

  /** The current content's revision; another one after every change. */
  Uni<Revision> revision();

  /** Everything, drafts included, as of one moment. */
  Uni<Content> load();

  /**
   * What has changed since a revision: the products concerned, each with all its releases. Empty
   * when that revision is not one that this catalogue went through, as after a restore.
   */
  Uni<Optional<Content>> changesSince(Revision known);

  /** Since when offers are halted for the whole cell. */
  Uni<Halt> halt();

  /**
   * Halts offers or lets them go on, which is a change of the catalogue; in the current
   * transaction.
   *
   * @param products that are other ones with it
   */
  Uni<Revision> halted(Halt halt, Set<String> products);

  /** Says that a product, or a release of it, is another one; in the current transaction. */
  Uni<Revision> changed(String product);

  /** What a change brought that is not committed yet: the products concerned, whole. */
  Uni<Content> loadChangedIn(Revision revision);

  /** One product with all its releases, drafts included. */
  Uni<Optional<Content>> loadProduct(String product);

  /** What an import may refer to: channels, and products with their default language. */
  record Known(Channels channels, Map<String, LanguageTag> products) {}

  /**
   * A state of the catalogue.
   *
   * @param id random, so that a restored database never repeats one
   * @param number grows by one with each change
   */
  record Revision(String id, long number) {}

  /** How many rows an import made and changed; the others stood there already. */
  record Changes(Revision revision, int channels, Count products, Count releases) {
    @Schema(name = "ImportCount")
    public record Count(long created, long changed) {}

    public boolean nothing() {
      return channels
              + products.created()
              + products.changed()
              + releases.created()
              + releases.changed()
          == 0;
    }
  }

  /**
   * A part of the catalogue or all of it, each product with its releases in any order.
   *
   * @param halt since when offers are halted for the whole cell, whatever the part
   */
  record Content(
      Revision revision, Channels channels, Map<Product, List<Release>> products, Halt halt) {
    /** Content of a cell in which nothing is halted. */
    public Content(Revision revision, Channels channels, Map<Product, List<Release>> products) {
      this(revision, channels, products, Halt.NONE);
    }
  }
}
