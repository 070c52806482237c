package io.towncrier.releases.editing;

import io.towncrier.platform.FieldError;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.rollout.Rollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a document must hold to: it refers to what it has or what is there, and an import of last
 * week must not undo what operators have stopped since, nor take back what clients were offered.
 * Pure.
 */
final class ImportRules {
  private final Map<ReleaseId, Optional<Release>> differing;
  private final boolean approvals;
  private final Instant now;

  /**
   * For one import.
   *
   * @param differing the releases of the document that are new, or stand there otherwise
   * @param approvals whether somebody else has to approve what clients are to see
   */
  ImportRules(Map<ReleaseId, Optional<Release>> differing, boolean approvals, Instant now) {
    this.differing = differing;
    this.approvals = approvals;
    this.now = now;
  }

  /** What a document alone cannot tell: what it refers to must be in it, or be known already. */
  static List<FieldError> brokenReferences(Catalogue catalogue, CatalogueStore.Known known) {
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
          brokenReferences(
              "releases[" + i + "]", catalogue.releases().get(i), channels, languages));
    }
    return errors.stream().distinct().toList();
  }

  private static List<FieldError> brokenReferences(
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

  /** By the place of each entry. */
  List<FieldError> errorsOf(Catalogue catalogue) {
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < catalogue.releases().size(); i++) {
      Catalogue.Entry entry = catalogue.releases().get(i);
      for (String product : entry.products()) {
        Optional<Release> known = differing.get(new ReleaseId(product, entry.release().version()));
        if (known != null) {
          for (String invisible : Release.invisibleNotes(entry.release())) {
            errors.add(
                new FieldError("releases[" + i + "]." + invisible, "has nothing to be seen"));
          }
          errors.addAll(errorsOf("releases[" + i + "]", product, entry.release(), known));
        }
      }
    }
    return errors.stream().distinct().toList();
  }

  private List<FieldError> errorsOf(
      String place, String product, Release given, Optional<Release> known) {
    if (approvals && given.state() != Release.State.DRAFT) {
      return List.of(
          new FieldError(
              place + ".state", "must be draft: somebody else has to approve it before it is out"));
    }
    return known
        .filter(release -> release.state() != Release.State.DRAFT)
        .flatMap(release -> undone(place, product, release, given))
        .map(List::of)
        .orElse(List.of());
  }

  private Optional<FieldError> undone(String place, String product, Release is, Release given) {
    if (is.state() == Release.State.WITHDRAWN && given.state() != Release.State.WITHDRAWN) {
      return error(place + ".state", "was withdrawn for " + product + ", and stays so");
    }
    if (given.state() == Release.State.DRAFT) {
      return error(place + ".state", "is out for " + product + ", and no draft any more");
    }
    if (given.state() == Release.State.WITHDRAWN) {
      return Optional.empty();
    }
    Rollout.State stands = is.rollout().state();
    if (given.rollout().state().compareTo(stands) < 0) {
      return error(
          place + ".rollout.state",
          "is " + stands.code() + " for " + product + ": resume it, or say so here");
    }
    int inForce = is.rollout().bucketsAt(now, is.publishedAt());
    boolean shrinks =
        given.rollout().state() != Rollout.State.HALTED
            && given.rollout().bucketsAt(now, given.publishedAt()) < inForce;
    return shrinks
        ? error(
            place + ".rollout",
            "must keep at least the share that is in force for "
                + product
                + ", "
                + inForce / 100.0
                + " percent")
        : Optional.empty();
  }

  private static Optional<FieldError> error(String field, String message) {
    return Optional.of(new FieldError(field, message));
  }
}
