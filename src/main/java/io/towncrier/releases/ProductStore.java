package io.towncrier.releases;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.util.Optional;

/** Keeps products one by one. A change names the revision that its author has seen. */
public interface ProductStore {
  Uni<Optional<Stored>> find(String id);

  /** Products in the order of their ids. */
  Uni<Page<Stored>> list(PageRequest<String> request);

  /** Whether it was new; one that is there already is not touched. */
  Uni<Boolean> insert(Product product);

  /** Whether the revision was still the newest. */
  Uni<Boolean> update(Product product, int revision);

  /** A product and its revision, which grows with each change. */
  record Stored(Product product, int revision) {}
}
