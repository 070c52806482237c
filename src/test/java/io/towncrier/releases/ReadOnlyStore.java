package io.towncrier.releases;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Halt;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A catalogue without products, of which only the revision changes; nobody may write to it. */
public abstract class ReadOnlyStore implements CatalogueStore {
  /** Of that revision. */
  protected static Content empty(Revision revision) {
    return new Content(revision, new Channels(List.of("stable")), Map.of());
  }

  @Override
  public Uni<Void> lock() {
    throw written();
  }

  @Override
  public Uni<Halt> halt() {
    return Uni.createFrom().item(Halt.NONE);
  }

  @Override
  public Uni<Revision> halted(Halt halt, Set<String> products) {
    throw written();
  }

  @Override
  public Uni<Known> known(Set<String> products) {
    throw written();
  }

  @Override
  public Uni<Map<ReleaseId, Optional<Release>>> differing(Catalogue catalogue) {
    throw written();
  }

  @Override
  public Uni<Set<String>> ruledOtherwise(Catalogue catalogue) {
    throw written();
  }

  @Override
  public Uni<Changes> write(Catalogue catalogue, String author) {
    throw written();
  }

  @Override
  public Uni<Revision> changed(String product) {
    throw written();
  }

  @Override
  public Uni<Content> loadChangedIn(Revision revision) {
    throw written();
  }

  @Override
  public Uni<Optional<Content>> loadProduct(String product) {
    throw written();
  }

  private static AssertionError written() {
    return new AssertionError("nobody writes here");
  }
}
