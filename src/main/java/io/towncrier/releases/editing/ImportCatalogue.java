package io.towncrier.releases.editing;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.FieldError;
import io.towncrier.platform.Transactions;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Finding;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.reach.MeasureReach;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/** Takes a catalogue in: the whole of it, or with any defect nothing. */
@ApplicationScoped
public class ImportCatalogue {
  private final CatalogueStore store;
  private final ImportGate gate;
  private final Transactions transactions;
  private final CatalogueNews news;
  private final AuditLog audit;
  private final InstantSource clock;

  ImportCatalogue(
      CatalogueStore store,
      ImportGate gate,
      Transactions transactions,
      CatalogueNews news,
      AuditLog audit,
      InstantSource clock) {
    this.store = store;
    this.gate = gate;
    this.transactions = transactions;
    this.news = news;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Imports; once it is done, this instance answers from the new catalogue.
   *
   * @param author subject of the operator
   */
  public Uni<Outcome> run(Catalogue catalogue, String author) {
    return run(catalogue, author, Optional.empty());
  }

  /**
   * The same, but does nothing where it would reach too many devices.
   *
   * @param tooMany whether it may not reach so many
   */
  public Uni<Outcome> run(Catalogue catalogue, String author, Optional<LongPredicate> tooMany) {
    return tried(catalogue, author)
        .chain(trial -> stopped(trial, tooMany))
        .chain(
            trial ->
                trial.over().isPresent()
                    ? Uni.createFrom().item(trial.over().get())
                    : done(catalogue, author, trial.written().before(), tooMany))
        .call(
            outcome ->
                outcome instanceof Outcome.Imported imported && !imported.changes().nothing()
                    ? news.tell()
                    : Uni.createFrom().voidItem());
  }

  /** Says what an import would do, and does nothing. */
  public Uni<Preview> preview(Catalogue catalogue, String author) {
    return tried(catalogue, author)
        .chain(
            trial ->
                trial.over().isPresent() && trial.over().get() instanceof Outcome.Refused refused
                    ? Uni.createFrom().<Preview>item(refused)
                    : gate.reach(trial.differences(), clock.instant()).map(trial::previewed));
  }

  private Uni<Trial> stopped(Trial trial, Optional<LongPredicate> tooMany) {
    return trial.over().isPresent()
        ? Uni.createFrom().item(trial)
        : within(trial.differences(), tooMany)
            .replaceWith(trial)
            .onFailure(TooFar.class)
            .recoverWithItem(failure -> trial.over(((TooFar) failure).outcome));
  }

  /** Fails when it would reach too many. */
  private Uni<Void> within(MeasureReach.Differences differences, Optional<LongPredicate> tooMany) {
    return tooMany.isEmpty()
        ? Uni.createFrom().voidItem()
        : gate.reach(differences, clock.instant())
            .invoke(
                reach -> {
                  if (tooMany.get().test(reach.atMost())) {
                    throw new TooFar(new Outcome.TooMany(reach.atMost(), reach.asOf()));
                  }
                })
            .replaceWithVoid();
  }

  /**
   * Written, read as it would be, rolled back, and only then linted: that takes seconds, in which
   * nobody may have to wait who wants to stop a release.
   */
  private Uni<Trial> tried(Catalogue catalogue, String author) {
    return transactions
        .inTransaction(
            () -> written(catalogue, author).chain(written -> rolledBack(catalogue, written)))
        .onFailure(RolledBack.class)
        .recoverWithUni(failure -> linted((RolledBack) failure));
  }

  /** Fails with what it has shown, unless there is nothing to roll back. */
  private Uni<Trial> rolledBack(Catalogue catalogue, Written written) {
    return written.changed().isEmpty()
        ? Uni.createFrom().item(Trial.of(written, written.outcome()))
        : store
            .loadChangedIn(written.changed().get().revision())
            .map(
                content -> {
                  throw new RolledBack(Trial.of(written, catalogue, content), content);
                });
  }

  private Uni<Trial> linted(RolledBack failure) {
    return gate.check(failure.content)
        .invoke(GateRefused::ifErrors)
        .map(failure.trial::with)
        .onFailure(GateRefused.class)
        .recoverWithItem(refused -> failure.trial.over(refused(refused)));
  }

  /** For good. What was changed by others since the trial is looked at with it, under the lock. */
  private Uni<Outcome> done(
      Catalogue catalogue,
      String author,
      CatalogueStore.Revision tried,
      Optional<LongPredicate> tooMany) {
    return transactions
        .inTransaction(
            () ->
                written(catalogue, author)
                    .call(
                        written ->
                            written.changed().isEmpty() || written.before().equals(tried)
                                ? Uni.createFrom().voidItem()
                                : judged(catalogue, written, tooMany))
                    .call(
                        written ->
                            written.changed().isEmpty()
                                ? Uni.createFrom().voidItem()
                                : gate.take(catalogue, written.changed().get()))
                    .call(written -> noted(written, author))
                    .map(Written::outcome))
        .onFailure(GateRefused.class)
        .recoverWithItem(ImportCatalogue::refused)
        .onFailure(TooFar.class)
        .recoverWithItem(failure -> ((TooFar) failure).outcome);
  }

  private Uni<Void> judged(Catalogue catalogue, Written written, Optional<LongPredicate> tooMany) {
    return store
        .loadChangedIn(written.changed().orElseThrow().revision())
        .call(content -> gate.check(content).invoke(GateRefused::ifErrors))
        .chain(content -> within(written.differences(catalogue, content), tooMany));
  }

  private Uni<Void> noted(Written written, String author) {
    return written.changed().isEmpty()
        ? Uni.createFrom().voidItem()
        : audit.append(
            new AuditAction(author, "catalogue.imported", told(written.changed().get()))
                .to(written.changed().get().revision().id(), clock.instant()));
  }

  private static String told(CatalogueStore.Changes changes) {
    return "channels changed %d; products created %d, changed %d; releases created %d, changed %d"
        .formatted(
            changes.channels(),
            changes.products().created(),
            changes.products().changed(),
            changes.releases().created(),
            changes.releases().changed());
  }

  private static Outcome refused(Throwable refused) {
    return new Outcome.Refused(((GateRefused) refused).errors());
  }

  private Uni<Written> written(Catalogue catalogue, String author) {
    return store
        .lock()
        .chain(store::revision)
        .chain(
            before ->
                store
                    .known(productsOf(catalogue))
                    .chain(known -> write(before, catalogue, author, known)));
  }

  private static Set<String> productsOf(Catalogue catalogue) {
    return catalogue.releases().stream()
        .flatMap(entry -> entry.products().stream())
        .collect(Collectors.toSet());
  }

  private Uni<Written> write(
      CatalogueStore.Revision before,
      Catalogue catalogue,
      String author,
      CatalogueStore.Known known) {
    List<FieldError> errors = ImportRules.brokenReferences(catalogue, known);
    if (!errors.isEmpty()) {
      return Uni.createFrom().item(Written.refused(before, errors));
    }
    return store
        .differing(catalogue)
        .chain(
            differing -> {
              List<FieldError> undone = gate.rules(differing, clock.instant()).errorsOf(catalogue);
              return undone.isEmpty()
                  ? write(before, catalogue, author, known.channels(), differing)
                  : Uni.createFrom().item(Written.refused(before, undone));
            });
  }

  private Uni<Written> write(
      CatalogueStore.Revision before,
      Catalogue catalogue,
      String author,
      Channels channels,
      Map<ReleaseId, Optional<Release>> differing) {
    return store
        .ruledOtherwise(catalogue)
        .chain(
            otherwise ->
                store
                    .write(catalogue, author)
                    .map(
                        done ->
                            new Written(
                                before,
                                new Outcome.Imported(done),
                                differing,
                                otherwise,
                                channels)));
  }

  /**
   * What came of the trial.
   *
   * @param over when there is nothing more to be done
   */
  private record Trial(
      Written written,
      Optional<Outcome> over,
      List<Finding> findings,
      MeasureReach.Differences differences) {
    static Trial of(Written written, Outcome over) {
      return new Trial(written, Optional.of(over), List.of(), MeasureReach.Differences.NONE);
    }

    static Trial of(Written written, Catalogue catalogue, CatalogueStore.Content content) {
      return new Trial(
          written, Optional.empty(), List.of(), written.differences(catalogue, content));
    }

    Trial over(Outcome of) {
      return new Trial(written, Optional.of(of), findings, differences);
    }

    Trial with(List<Finding> found) {
      return new Trial(written, over, List.copyOf(found), differences);
    }

    Preview previewed(MeasureReach.OfImport reach) {
      return new Preview.Accepted(
          written.before(),
          ((Outcome.Imported) written.outcome()).changes(),
          written.differing(),
          reach,
          findings);
    }
  }

  /** Ends the trial, and its transaction with it. */
  private static final class RolledBack extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Trial trial;
    private final transient CatalogueStore.Content content;

    RolledBack(Trial trial, CatalogueStore.Content content) {
      super("a trial", null, false, false);
      this.trial = trial;
      this.content = content;
    }
  }

  /** Ends an import that would reach too many. */
  private static final class TooFar extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    TooFar(Outcome outcome) {
      super("reaches too many", null, false, false);
      this.outcome = outcome;
    }
  }

  /** What became of an import. */
  public sealed interface Outcome {
    /** All of it is in. */
    record Imported(CatalogueStore.Changes changes) implements Outcome {}

    /** Nothing of it is in, or would be: every defect. */
    record Refused(List<FieldError> errors) implements Outcome, Preview {}

    /** Nothing of it is in: it would reach so many devices, as of that moment. */
    record TooMany(long atMost, Instant asOf) implements Outcome {}
  }

  /** What would become of an import. Nothing was done. */
  public sealed interface Preview {
    /**
     * It would be taken.
     *
     * @param before the catalogue that it was tried on
     * @param changes how many rows it would make and change
     * @param differing what stands there of the releases that it would make or change
     * @param findings warnings of the linter, of the products concerned
     */
    record Accepted(
        CatalogueStore.Revision before,
        CatalogueStore.Changes changes,
        Map<ReleaseId, Optional<Release>> differing,
        MeasureReach.OfImport reach,
        List<Finding> findings)
        implements Preview {}
  }
}
