package io.towncrier.updates.snapshots;

import io.towncrier.platform.Halt;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.LocalZones;
import io.towncrier.updates.decision.CompileReleases;
import io.towncrier.updates.decision.ProductReleases;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogue of one moment, compiled for answering: immutable, shared by all requests. */
public final class Snapshot {
  private final CatalogueStore.Revision revision;
  private final Channels channels;
  private final Map<String, ProductReleases> products;
  private final Halt halt;

  private Snapshot(
      CatalogueStore.Revision revision,
      Channels channels,
      Map<String, ProductReleases> products,
      Halt halt) {
    this.halt = halt;
    this.revision = revision;
    this.channels = channels;
    this.products = products;
  }

  /** Of a whole catalogue. */
  public static Snapshot of(CatalogueStore.Content content) {
    // Once, and here: the first check that needs a zone must not wait for its clocks.
    LocalZones.makeReady();
    return new Snapshot(content.revision(), content.channels(), Map.of(), Halt.NONE)
        .changedBy(content);
  }

  /** A newer one: products that the content names are compiled anew, the others are shared. */
  public Snapshot changedBy(CatalogueStore.Content content) {
    Map<String, ProductReleases> all = new HashMap<>(products);
    CompileReleases compile = new CompileReleases();
    for (Map.Entry<Product, List<Release>> entry : content.products().entrySet()) {
      all.put(entry.getKey().id(), compile.of(entry.getKey(), entry.getValue()));
    }
    all.replaceAll((id, releases) -> releases.under(content.halt()));
    return new Snapshot(content.revision(), content.channels(), all, content.halt());
  }

  /** Since when offers are halted for the whole cell. */
  public Halt halt() {
    return halt;
  }

  /** Changes with every change of the catalogue. */
  public String id() {
    return revision.id();
  }

  CatalogueStore.Revision revision() {
    return revision;
  }

  public Channels channels() {
    return channels;
  }

  /** The facts as far as this catalogue knows them: of an unknown channel nothing is offered. */
  public ClientFacts understood(ClientFacts facts) {
    return channels.contains(facts.channel()) || facts.channel().equals(Channels.DEFAULT)
        ? facts
        : facts.following(Channels.DEFAULT).ignoring(facts.ignored().and(Fact.CHANNEL));
  }

  public Optional<ProductReleases> of(String product) {
    return Optional.ofNullable(products.get(product));
  }

  /** Every product, in no order. */
  public Iterable<ProductReleases> all() {
    return products.values();
  }
}
