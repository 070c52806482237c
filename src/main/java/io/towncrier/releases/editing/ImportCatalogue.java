package io.towncrier.releases.editing;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.FieldError;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Channels;
import io.towncrier.releases.PublishGate;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes a catalogue in: the whole of it, or with any defect nothing. */
@ApplicationScoped
public class ImportCatalogue {
  /** A document with more defects has one cause; the rest would only hide it. */
  public static final int MAX_ERRORS = 100;

  private final CatalogueStore store;
  private final PublishGate gate;
  private final Transactions transactions;
  private final CatalogueNews news;
  private final AuditLog audit;
  private final Approvals approvals;
  private final InstantSource clock;

  ImportCatalogue(
      CatalogueStore store,
      PublishGate gate,
      Transactions transactions,
      CatalogueNews news,
      AuditLog audit,
      Approvals approvals,
      InstantSource clock) {
    this.store = store;
    this.gate = gate;
    this.transactions = transactions;
    this.news = news;
    this.audit = audit;
    this.approvals = approvals;
    this.clock = clock;
  }

  /**
   * Imports; once it is done, this instance answers from the new catalogue.
   *
   * @param author subject of the operator
   */
  public Uni<Outcome> run(Catalogue catalogue, String author) {
    return tried(catalogue, author)
        .chain(
            trial ->
                trial.outcome().isPresent()
                    ? Uni.createFrom().item(trial.outcome().get())
                    : done(catalogue, author, trial.before()))
        .call(
            outcome ->
                outcome instanceof Outcome.Imported imported && !imported.changes().nothing()
                    ? news.tell()
                    : Uni.createFrom().voidItem());
  }

  /**
   * Written, read as it would be, rolled back, and only then linted: that takes seconds, in which
   * nobody may have to wait who wants to stop a release.
   */
  private Uni<Trial> tried(Catalogue catalogue, String author) {
    return transactions
        .inTransaction(
            () ->
                written(catalogue, author)
                    .chain(
                        written ->
                            written.changed().isEmpty()
                                ? Uni.createFrom().item(Trial.over(written))
                                : store
                                    .loadChangedIn(written.changed().get().revision())
                                    .map(
                                        content -> {
                                          throw new RolledBack(written.before(), content);
                                        })))
        .onFailure(RolledBack.class)
        .recoverWithUni(failure -> linted((RolledBack) failure));
  }

  private Uni<Trial> linted(RolledBack trial) {
    return gate.check(trial.content)
        .invoke(GateRefused::ifErrors)
        .map(findings -> new Trial(trial.before, Optional.empty()))
        .onFailure(GateRefused.class)
        .recoverWithItem(refused -> new Trial(trial.before, Optional.of(refused(refused))));
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
                    .chain(known -> write(catalogue, author, known))
                    .map(outcome -> new Written(before, outcome)));
  }

  private static Set<String> productsOf(Catalogue catalogue) {
    return catalogue.releases().stream()
        .flatMap(entry -> entry.products().stream())
        .collect(Collectors.toSet());
  }

  private Uni<Outcome> write(Catalogue catalogue, String author, CatalogueStore.Known known) {
    List<FieldError> errors = errorsOf(catalogue, known);
    if (!errors.isEmpty()) {
      return Uni.createFrom().item(new Outcome.Refused(errors));
    }
    return store
        .differing(catalogue)
        .map(differing -> rules(differing).errorsOf(catalogue))
        .chain(
            undone ->
                undone.isEmpty()
                    ? write(catalogue, author)
                    : Uni.createFrom()
                        .item(new Outcome.Refused(undone.stream().limit(MAX_ERRORS).toList())));
  }

  private ImportRules rules(Map<ReleaseId, Optional<Release>> differing) {
    return new ImportRules(differing, approvals.areNeeded(), clock.instant());
  }

  private Uni<Outcome> write(Catalogue catalogue, String author) {
    return store.write(catalogue, author).map(Outcome.Imported::new);
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
    return errors.stream().distinct().limit(MAX_ERRORS).toList();
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

  /** What a transaction did, that may be rolled back yet. */
  private record Written(CatalogueStore.Revision before, Outcome outcome) {
    Optional<CatalogueStore.Changes> changed() {
      return outcome instanceof Outcome.Imported imported && !imported.changes().nothing()
          ? Optional.of(imported.changes())
          : Optional.empty();
    }
  }

  /**
   * What came of the trial.
   *
   * @param before of which catalogue
   * @param outcome when there is nothing more to be done
   */
  private record Trial(CatalogueStore.Revision before, Optional<Outcome> outcome) {
    static Trial over(Written written) {
      return new Trial(written.before(), Optional.of(written.outcome()));
    }
  }

  /** Ends the trial, and its transaction with it. */
  private static final class RolledBack extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient CatalogueStore.Revision before;
    private final transient CatalogueStore.Content content;

    RolledBack(CatalogueStore.Revision before, CatalogueStore.Content content) {
      super("a trial", null, false, false);
      this.before = before;
      this.content = content;
    }
  }

  /** What became of an import. */
  public sealed interface Outcome {
    /** All of it is in. */
    record Imported(CatalogueStore.Changes changes) implements Outcome {}

    /** Nothing of it is in. */
    record Refused(List<FieldError> errors) implements Outcome {}
  }
}
