package io.towncrier.releases.editing;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.FieldError;
import io.towncrier.platform.LanguageTag;
import io.towncrier.platform.Transactions;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Channels;
import io.towncrier.releases.PublishGate;
import io.towncrier.releases.Release;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  ImportCatalogue(
      CatalogueStore store, PublishGate gate, Transactions transactions, CatalogueNews news) {
    this.store = store;
    this.gate = gate;
    this.transactions = transactions;
    this.news = news;
  }

  /** Imports; once it is done, this instance answers from the new catalogue. */
  public Uni<Outcome> run(Catalogue catalogue) {
    return transactions
        .inTransaction(
            () ->
                store
                    .lock()
                    .chain(() -> store.known(productsOf(catalogue)))
                    .chain(known -> write(catalogue, known)))
        .onFailure(GateRefused.class)
        .recoverWithItem(refused -> new Outcome.Refused(((GateRefused) refused).errors()))
        .call(
            outcome ->
                outcome instanceof Outcome.Imported imported && !imported.changes().nothing()
                    ? news.tell()
                    : Uni.createFrom().voidItem());
  }

  private static Set<String> productsOf(Catalogue catalogue) {
    return catalogue.releases().stream()
        .flatMap(entry -> entry.products().stream())
        .collect(Collectors.toSet());
  }

  private Uni<Outcome> write(Catalogue catalogue, CatalogueStore.Known known) {
    List<FieldError> errors = errorsOf(catalogue, known);
    if (!errors.isEmpty()) {
      return Uni.createFrom().item(new Outcome.Refused(errors));
    }
    return store
        .write(catalogue)
        .call(
            changes ->
                changes.nothing()
                    ? Uni.createFrom().voidItem()
                    : store
                        .loadChangedIn(changes.revision())
                        .chain(gate::check)
                        .invoke(GateRefused::ifErrors))
        .map(Outcome.Imported::new);
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

  /** What became of an import. */
  public sealed interface Outcome {
    /** All of it is in. */
    record Imported(CatalogueStore.Changes changes) implements Outcome {}

    /** Nothing of it is in. */
    record Refused(List<FieldError> errors) implements Outcome {}
  }
}
