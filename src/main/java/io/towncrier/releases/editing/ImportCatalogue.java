package io.towncrier.releases.editing;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.FieldError;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Finding;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.reach.MeasureReach;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
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
        .chain(trial -> stopped(catalogue, trial, tooMany))
        .chain(
            trial ->
                trial.outcome().isPresent()
                    ? Uni.createFrom().item(trial.outcome().get())
                    : done(catalogue, author, trial.written().before()))
        .call(
            outcome ->
                outcome instanceof Outcome.Imported imported && !imported.changes().nothing()
                    ? news.tell()
                    : Uni.createFrom().voidItem());
  }

  /** Says what an import would do, and does nothing. */
  public Uni<Outcome> preview(Catalogue catalogue, String author) {
    return tried(catalogue, author)
        .chain(
            trial ->
                trial.outcome().filter(Outcome.Refused.class::isInstance).isPresent()
                    ? Uni.createFrom().item(trial.outcome().get())
                    : reach(catalogue, trial).map(trial::previewed));
  }

  private Uni<Trial> stopped(Catalogue catalogue, Trial trial, Optional<LongPredicate> tooMany) {
    return trial.outcome().isPresent() || tooMany.isEmpty()
        ? Uni.createFrom().item(trial)
        : reach(catalogue, trial)
            .map(
                reach ->
                    tooMany.get().test(reach.atMost())
                        ? trial.over(new Outcome.TooMany(reach.atMost()))
                        : trial);
  }

  private Uni<MeasureReach.OfImport> reach(Catalogue catalogue, Trial trial) {
    Map<ReleaseId, Release> given = new HashMap<>();
    for (Catalogue.Entry entry : catalogue.releases()) {
      for (String product : entry.products()) {
        ReleaseId id = new ReleaseId(product, entry.release().version());
        if (trial.written().differing().containsKey(id)) {
          given.put(id, entry.release());
        }
      }
    }
    return gate.reach(given, trial.ruledOtherwise());
  }

  /**
   * Written, read as it would be, rolled back, and only then linted: that takes seconds, in which
   * nobody may have to wait who wants to stop a release.
   */
  private Uni<Trial> tried(Catalogue catalogue, String author) {
    return transactions
        .inTransaction(
            () ->
                store
                    .ruledOtherwise(catalogue)
                    .chain(
                        otherwise ->
                            written(catalogue, author)
                                .chain(written -> rolledBack(written, otherwise))))
        .onFailure(RolledBack.class)
        .recoverWithUni(failure -> linted((RolledBack) failure));
  }

  /** Fails with what it has shown, unless there is nothing to roll back. */
  private Uni<Trial> rolledBack(Written written, Set<String> ruledOtherwise) {
    Trial trial = new Trial(written, Optional.empty(), List.of(), ruledOtherwise);
    return written.changed().isEmpty()
        ? Uni.createFrom().item(trial.over(written.outcome()))
        : store
            .loadChangedIn(written.changed().get().revision())
            .map(
                content -> {
                  throw new RolledBack(trial, content);
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
  private Uni<Outcome> done(Catalogue catalogue, String author, CatalogueStore.Revision tried) {
    return transactions
        .inTransaction(
            () ->
                written(catalogue, author)
                    .call(
                        written ->
                            written.changed().isEmpty() || written.before().equals(tried)
                                ? Uni.createFrom().voidItem()
                                : store
                                    .loadChangedIn(written.changed().get().revision())
                                    .chain(gate::check)
                                    .invoke(GateRefused::ifErrors))
                    .call(
                        written ->
                            written.changed().isEmpty()
                                ? Uni.createFrom().voidItem()
                                : gate.take(catalogue, written.changed().get()))
                    .call(written -> noted(written, author))
                    .map(Written::outcome))
        .onFailure(GateRefused.class)
        .recoverWithItem(ImportCatalogue::refused);
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
    List<FieldError> errors = errorsOf(catalogue, known);
    if (!errors.isEmpty()) {
      return Uni.createFrom().item(Written.refused(before, errors));
    }
    return store
        .differing(catalogue)
        .chain(
            differing -> {
              List<FieldError> undone = gate.rules(differing, clock.instant()).errorsOf(catalogue);
              return undone.isEmpty()
                  ? store
                      .write(catalogue, author)
                      .map(done -> new Written(before, new Outcome.Imported(done), differing))
                  : Uni.createFrom().item(Written.refused(before, undone));
            });
  }

  /** What a document alone cannot tell: what it refers to must be in it, or be known already. */
  static List<FieldError> errorsOf(Catalogue catalogue, CatalogueStore.Known known) {
    List<FieldError> errors = new ArrayList<>();
    Channels channels = catalogue.channels().orElse(known.channels());
    known.channels().inOrder().stream()
        .filter(channel -> !channels.contains(channel))
        .forEach(
            channel ->
                errors.add(new FieldError("channels", "must keep the known channel " + channel)));
    Map<String, LanguageTag> languages = new HashMap<>(known.products());
    catalogue.products().forEach(p -> languages.put(p.id(), p.defaultLanguage()));
    for (int i = 0; i < catalogue.releases().size(); i++) {
      errors.addAll(
          errorsOf("releases[" + i + "]", catalogue.releases().get(i), channels, languages));
    }
    return errors.stream().distinct().toList();
  }

  private static List<FieldError> errorsOf(
      String place, Catalogue.Entry entry, Channels channels, Map<String, LanguageTag> languages) {
    List<FieldError> errors = new ArrayList<>();
    if (!channels.contains(entry.release().targeting().channel())) {
      errors.add(new FieldError(place + ".channel", "is not one of the channels"));
    }
    for (int j = 0; j < entry.products().size(); j++) {
      String field = place + ".products[" + j + "]";
      LanguageTag language = languages.get(entry.products().get(j));
      if (language == null) {
        errors.add(new FieldError(field, "is not a known product"));
      } else if (entry.release().state() != Release.State.DRAFT
          && !entry.release().content().notes().byLanguage().containsKey(language.value())) {
        errors.add(
            new FieldError(
                place + ".notes." + language,
                "is required: default language of products[" + j + "]"));
      }
    }
    return errors;
  }

  /**
   * What a transaction did, that may be rolled back yet.
   *
   * @param differing what stood there of the releases that it made or changed
   */
  private record Written(
      CatalogueStore.Revision before,
      Outcome outcome,
      Map<ReleaseId, Optional<Release>> differing) {
    static Written refused(CatalogueStore.Revision before, List<FieldError> errors) {
      return new Written(before, new Outcome.Refused(errors), Map.of());
    }

    Optional<CatalogueStore.Changes> changed() {
      return outcome instanceof Outcome.Imported imported && !imported.changes().nothing()
          ? Optional.of(imported.changes())
          : Optional.empty();
    }
  }

  /**
   * What came of the trial.
   *
   * @param outcome when there is nothing more to be done
   */
  private record Trial(
      Written written,
      Optional<Outcome> outcome,
      List<Finding> findings,
      Set<String> ruledOtherwise) {
    Trial over(Outcome of) {
      return new Trial(written, Optional.of(of), findings, ruledOtherwise);
    }

    Trial with(List<Finding> found) {
      return new Trial(written, outcome, List.copyOf(found), ruledOtherwise);
    }

    Outcome previewed(MeasureReach.OfImport reach) {
      return new Outcome.Previewed(
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

  /** What became of an import, or would become of it. */
  public sealed interface Outcome {
    /** All of it is in. */
    record Imported(CatalogueStore.Changes changes) implements Outcome {}

    /** Nothing of it is in: every defect. */
    record Refused(List<FieldError> errors) implements Outcome {}

    /** Nothing of it is in: it would reach so many devices. */
    record TooMany(long atMost) implements Outcome {}

    /**
     * It would be taken, and nothing was done.
     *
     * @param before the catalogue that it was tried on
     * @param changes how many rows it would make and change
     * @param differing what stands there of the releases that it would make or change
     * @param findings warnings of the linter, of the products concerned
     */
    record Previewed(
        CatalogueStore.Revision before,
        CatalogueStore.Changes changes,
        Map<ReleaseId, Optional<Release>> differing,
        MeasureReach.OfImport reach,
        List<Finding> findings)
        implements Outcome {}
  }
}
