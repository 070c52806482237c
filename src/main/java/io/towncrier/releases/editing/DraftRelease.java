package io.towncrier.releases.editing;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.ProductStore;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.editing.ReleaseEdits.Transition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalInt;

/** Writes drafts. What was published is history, and no draft any more. */
@ApplicationScoped
public class DraftRelease {
  private final ReleaseEdits edits;
  private final ReleaseStore releases;
  private final ProductStore products;

  DraftRelease(ReleaseEdits edits, ReleaseStore releases, ProductStore products) {
    this.edits = edits;
    this.releases = releases;
    this.products = products;
  }

  /**
   * A new draft.
   *
   * @param author subject of the operator
   */
  public Uni<ReleaseChange> create(String product, Release given, String author) {
    Release draft = given.inState(Release.State.DRAFT);
    ReleaseId id = new ReleaseId(product, draft.version());
    return edits.locked(
        () ->
            products
                .find(product)
                .chain(
                    known ->
                        known.isEmpty()
                            ? Uni.createFrom().item(new ReleaseChange.UnknownProduct())
                            : insert(id, draft, author)));
  }

  private Uni<ReleaseChange> insert(ReleaseId id, Release draft, String author) {
    return releases
        .insert(id, draft, author)
        .chain(
            fresh ->
                fresh
                    ? edits
                        .refersTo(id, draft)
                        .chain(() -> releases.find(id))
                        .call(() -> edits.note(id, new AuditAction(author, "release.drafted")))
                        .map(made -> new ReleaseChange.Changed(made.orElseThrow()))
                    : Uni.createFrom().item(new ReleaseChange.Exists()));
  }

  /**
   * The draft with other content; its version stays.
   *
   * @param author subject of the operator, whose draft it is from now on
   */
  public Uni<ReleaseChange> edit(ReleaseId id, Release given, int revision, String author) {
    return edits.change(
        id,
        OptionalInt.of(revision),
        new AuditAction(author, "release.edited"),
        stored -> {
          if (!given.version().equals(stored.release().version())) {
            return new Transition.No(
                new ReleaseChange.WrongState("The version names the release and stays."));
          }
          return ifDraft(
              stored,
              new Transition.Hidden(
                  given.inState(Release.State.DRAFT), new ReleaseStore.Act.WroteAnew(author)));
        });
  }

  /**
   * Throws it away.
   *
   * @param operator subject of who does
   */
  public Uni<ReleaseChange> delete(ReleaseId id, int revision, String operator) {
    return edits.change(
        id,
        OptionalInt.of(revision),
        new AuditAction(operator, "release.deleted"),
        stored -> ifDraft(stored, new Transition.Delete()));
  }

  private static Transition ifDraft(ReleaseStore.Stored stored, Transition transition) {
    return stored.release().state() == Release.State.DRAFT
        ? transition
        : new Transition.No(
            new ReleaseChange.WrongState(
                "It is no draft any more: withdraw it, steer its rollout, or draft another version."));
  }
}
