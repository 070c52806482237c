package io.towncrier.updates.preview;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Finding;
import io.towncrier.releases.PublishGate;
import io.towncrier.releases.ReleaseId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;

/** Looks at the catalogue as publishing does, and publishes nothing. */
@ApplicationScoped
public class LintCatalogue {
  private final CatalogueStore store;
  private final PublishGate gate;
  private final InstantSource clock;

  LintCatalogue(CatalogueStore store, PublishGate gate, InstantSource clock) {
    this.store = store;
    this.gate = gate;
    this.clock = clock;
  }

  /** All products as they are. */
  public Uni<Outcome> all() {
    return store.load().chain(this::look);
  }

  /** One product as it is. */
  public Uni<Outcome> product(String product) {
    return store
        .loadProduct(product)
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(new Outcome.UnknownProduct())
                    : look(found.get()));
  }

  /** A draft's product as it would be if the draft were published now. */
  public Uni<Outcome> withDraft(ReleaseId draft) {
    return store
        .loadProduct(draft.product())
        .chain(found -> look(Draft.published(found, draft, clock.instant())));
  }

  private Uni<Outcome> look(Draft.Outcome changed) {
    if (changed instanceof Draft.Outcome.As as) {
      return look(as.content());
    } else if (changed instanceof Draft.Outcome.Unknown) {
      return Uni.createFrom().item(new Outcome.UnknownRelease());
    } else if (changed instanceof Draft.Outcome.WrongState) {
      return Uni.createFrom().item(new Outcome.NoDraft());
    }
    throw new ForgottenCase(changed);
  }

  private Uni<Outcome> look(CatalogueStore.Content content) {
    return gate.check(content).map(Outcome.Linted::new);
  }

  /** What came of a look. */
  public sealed interface Outcome {
    record Linted(List<Finding> findings) implements Outcome {
      public Linted {
        findings = List.copyOf(findings);
      }
    }

    record UnknownProduct() implements Outcome {}

    record UnknownRelease() implements Outcome {}

    /** The release is published or withdrawn, and looked at anyway. */
    record NoDraft() implements Outcome {}
  }
}
