package io.towncrier.releases.editing;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditLog;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Finding;
import io.towncrier.releases.Product;
import io.towncrier.releases.ProductStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;

/** Creates and changes products one by one. */
@ApplicationScoped
public class EditProduct {
  private final CatalogueLock lock;
  private final CatalogueStore catalogue;
  private final ProductStore products;
  private final AuditLog audit;
  private final InstantSource clock;

  EditProduct(
      CatalogueLock lock,
      CatalogueStore catalogue,
      ProductStore products,
      AuditLog audit,
      InstantSource clock) {
    this.lock = lock;
    this.catalogue = catalogue;
    this.products = products;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A new product.
   *
   * @param operator subject of who creates it
   */
  public Uni<Outcome> create(Product product, String operator) {
    AuditAction action = new AuditAction(operator, "product.created");
    return locked(
        products
            .insert(product)
            .chain(
                fresh ->
                    fresh
                        ? changed(product.id()).call(() -> note(product.id(), action))
                        : of(new Outcome.Exists())));
  }

  /**
   * Changes a product, unless its releases would not be right any more.
   *
   * @param revision that the caller has seen
   * @param operator subject of who changes it
   */
  public Uni<Outcome> change(Product product, int revision, String operator) {
    AuditAction action = new AuditAction(operator, "product.changed");
    return locked(
        products
            .find(product.id())
            .chain(
                found -> {
                  if (found.isEmpty()) {
                    return of(new Outcome.Unknown());
                  }
                  if (found.get().revision() != revision) {
                    return of(new Outcome.Stale(found.get()));
                  }
                  return products
                      .update(product, revision)
                      .chain(written -> changed(product.id()))
                      .call(() -> lock.lint(product.id()))
                      .call(() -> note(product.id(), action));
                }));
  }

  private Uni<Outcome> locked(Uni<Outcome> work) {
    return lock.whileLocked(() -> work, Outcome.Refused::new, Outcome.Changed.class::isInstance);
  }

  private Uni<Outcome> changed(String id) {
    return catalogue
        .changed(id)
        .chain(() -> products.find(id))
        .map(found -> new Outcome.Changed(found.orElseThrow()));
  }

  private Uni<Void> note(String id, AuditAction action) {
    return audit.append(action.to(id, clock.instant()));
  }

  private static Uni<Outcome> of(Outcome outcome) {
    return Uni.createFrom().item(outcome);
  }

  /** What became of it. */
  public sealed interface Outcome {
    /** It is done; this is how the product stands now. */
    record Changed(ProductStore.Stored now) implements Outcome {}

    record Exists() implements Outcome {}

    record Unknown() implements Outcome {}

    /** Somebody else has changed it meanwhile; this is how it stands. */
    record Stale(ProductStore.Stored now) implements Outcome {}

    /** Its releases would not be right any more; at least one finding is an error. */
    record Refused(List<Finding> findings) implements Outcome {
      public Refused {
        findings = List.copyOf(findings);
      }
    }
  }
}
