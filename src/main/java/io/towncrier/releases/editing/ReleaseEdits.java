package io.towncrier.releases.editing;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.ReleaseStore.Act;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The way of every change to one release: lock, look, decide, write, let the gate look, note who
 * did it, tell.
 */
@ApplicationScoped
class ReleaseEdits {
  private final CatalogueLock lock;
  private final CatalogueStore catalogue;
  private final ReleaseStore releases;
  private final ReleaseArtifacts artifacts;
  private final ReleaseNotes notes;
  private final InstantSource clock;

  ReleaseEdits(
      CatalogueLock lock,
      CatalogueStore catalogue,
      ReleaseStore releases,
      ReleaseArtifacts artifacts,
      ReleaseNotes notes,
      InstantSource clock) {
    this.lock = lock;
    this.catalogue = catalogue;
    this.releases = releases;
    this.artifacts = artifacts;
    this.notes = notes;
    this.clock = clock;
  }

  /** What a decision about a release wants. */
  sealed interface Transition {
    /**
     * The release as it is to be; clients see it, and with a look of the gate only if it passes.
     */
    record Visible(Release release, boolean gated, Act act) implements Transition {}

    /**
     * The draft as it is to be; clients do not see it.
     *
     * @param act who wrote at it
     */
    record Hidden(Release release, Act act) implements Transition {}

    record Delete() implements Transition {}

    record No(ReleaseChange why) implements Transition {}
  }

  /**
   * Changes a release that is there.
   *
   * @param revision that the caller has seen; without one the newest is changed
   * @param action noted unless it is refused, also when everything is as it was
   */
  Uni<ReleaseChange> change(
      ReleaseId id,
      OptionalInt revision,
      AuditAction action,
      Function<ReleaseStore.Stored, Transition> decision) {
    return locked(() -> changed(id, revision, action, decision));
  }

  /**
   * The same for a change to a rollout, whose clock may stand still with those of the whole cell.
   *
   * @param decision of the release and the moment at which its rollout stands
   */
  Uni<ReleaseChange> steer(
      ReleaseId id,
      OptionalInt revision,
      AuditAction action,
      BiFunction<ReleaseStore.Stored, Instant, Transition> decision) {
    return locked(
        () ->
            catalogue
                .halt()
                .chain(
                    halt ->
                        changed(
                            id,
                            revision,
                            action,
                            stored ->
                                decision.apply(
                                    stored,
                                    stored.release().rolloutClock(halt, clock.instant())))));
  }

  private Uni<ReleaseChange> changed(
      ReleaseId id,
      OptionalInt revision,
      AuditAction action,
      Function<ReleaseStore.Stored, Transition> decision) {
    return releases
        .find(id)
        .chain(
            found -> {
              if (found.isEmpty()) {
                return done(new ReleaseChange.Unknown());
              }
              ReleaseStore.Stored stored = found.get();
              boolean stale = revision.isPresent() && revision.getAsInt() != stored.revision();
              return stale
                  ? done(new ReleaseChange.Stale(stored))
                  : carryOut(stored, decision.apply(stored), action);
            });
  }

  /** Runs work while nobody else changes the catalogue, and tells of what it made visible. */
  Uni<ReleaseChange> locked(Supplier<Uni<ReleaseChange>> work) {
    return lock.whileLocked(work, ReleaseChange.Refused::new, ReleaseEdits::isVisible);
  }

  private static boolean isVisible(ReleaseChange change) {
    return change instanceof ReleaseChange.Changed changed
        && changed.now().release().state() != Release.State.DRAFT;
  }

  /** The images that a draft names are ready, and stay while it names them. */
  Uni<Void> refersTo(ReleaseId id, Release draft) {
    return artifacts.hold(id, draft);
  }

  /** In the transaction of the change, and the last in it. */
  Uni<Void> note(ReleaseId id, AuditAction action) {
    return notes.note(id, action);
  }

  private Uni<ReleaseChange> carryOut(
      ReleaseStore.Stored stored, Transition transition, AuditAction action) {
    return transition instanceof Transition.No no
        ? done(no.why())
        : written(stored, transition)
            .call(() -> told(stored, transition, noted(stored, transition, action)));
  }

  private Uni<Void> told(ReleaseStore.Stored stored, Transition transition, AuditAction action) {
    return transition instanceof Transition.Visible visible
        ? notes.noteAndTell(stored.id(), action, visible.release())
        : notes.note(stored.id(), action);
  }

  /** A release that somebody lets out is noted with its writers. */
  private static AuditAction noted(
      ReleaseStore.Stored stored, Transition transition, AuditAction action) {
    return transition instanceof Transition.Visible visible && visible.act() instanceof Act.LetOut
        ? action.and(Approvals.told(stored))
        : action;
  }

  private Uni<ReleaseChange> written(ReleaseStore.Stored stored, Transition transition) {
    if (transition instanceof Transition.Visible visible) {
      return write(stored, visible.release(), visible.act())
          .call(() -> catalogue.changed(stored.id().product()))
          .call(
              () ->
                  visible.gated()
                      ? lock.lint(stored.id().product())
                          .chain(() -> artifacts.publish(stored.id(), visible.release()))
                      : Uni.createFrom().voidItem());
    } else if (transition instanceof Transition.Hidden hidden) {
      return write(stored, hidden.release(), hidden.act())
          .call(() -> refersTo(stored.id(), hidden.release()));
    } else if (transition instanceof Transition.Delete) {
      return releases
          .delete(stored.id(), stored.revision())
          .replaceWith(new ReleaseChange.Deleted());
    } else if (transition instanceof Transition.No no) {
      return done(no.why());
    }
    throw new ForgottenCase(transition);
  }

  private Uni<ReleaseChange> write(ReleaseStore.Stored stored, Release release, Act act) {
    return releases
        .update(stored.id(), release, stored.revision(), act)
        .replaceWith(new ReleaseChange.Changed(stored.after(release, act)));
  }

  private static Uni<ReleaseChange> done(ReleaseChange change) {
    return Uni.createFrom().item(change);
  }
}
