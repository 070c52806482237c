package io.towncrier.notices.selection;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.audience.Audience;
import io.towncrier.notices.audience.Selection;
import io.towncrier.platform.FieldError;
import io.towncrier.releases.version.VersionOrder;
import io.towncrier.releases.version.VersionRange;
import io.towncrier.updates.preview.FleetFacts;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import io.towncrier.updates.snapshots.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns an audience into what can be looked for: a range of versions becomes their texts, languages
 * become the tags of devices that they mean.
 */
@ApplicationScoped
public class SelectAudience {
  private final CurrentSnapshot snapshot;
  private final FleetFacts fleet;
  private final InstantSource clock;

  SelectAudience(CurrentSnapshot snapshot, FleetFacts fleet, InstantSource clock) {
    this.snapshot = snapshot;
    this.fleet = fleet;
    this.clock = clock;
  }

  public Uni<Outcome> run(Audience audience) {
    if (audience.products().isEmpty() && audience.channels().isEmpty()) {
      return selected(audience, Optional.empty());
    }
    return snapshot
        .get()
        .chain(
            current -> {
              List<FieldError> errors = unknown(audience, current);
              if (!errors.isEmpty()) {
                return Uni.createFrom().item(new Outcome.Refused(errors));
              }
              return audience.versions().isEmpty()
                  ? selected(audience, Optional.empty())
                  : versions(audience, audience.versions().get(), current);
            });
  }

  /** What it names that there is not; the fleet is not looked at. */
  public Uni<List<FieldError>> unknown(Audience audience) {
    return audience.products().isEmpty() && audience.channels().isEmpty()
        ? Uni.createFrom().item(List.of())
        : snapshot
            .get()
            .map(
                current -> {
                  List<FieldError> errors = unknown(audience, current);
                  return errors.isEmpty() && audience.versions().isPresent()
                      ? unknownBound(audience, audience.versions().get(), current)
                      : errors;
                });
  }

  private static List<FieldError> unknownBound(
      Audience audience, VersionRange range, Snapshot current) {
    VersionOrder order = current.of(audience.products().get(0)).orElseThrow().order();
    return range.resolve(order::read) instanceof VersionRange.UnknownBound bound
        ? List.of(unknownBound(bound))
        : List.of();
  }

  private static FieldError unknownBound(VersionRange.UnknownBound bound) {
    return new FieldError("audience.versions." + bound.member(), "is no version of the product");
  }

  private static List<FieldError> unknown(Audience audience, Snapshot current) {
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < audience.products().size(); i++) {
      if (current.of(audience.products().get(i)).isEmpty()) {
        errors.add(new FieldError("audience.products[" + i + "]", "is not a known product"));
      }
    }
    for (int i = 0; i < audience.channels().size(); i++) {
      if (!current.channels().contains(audience.channels().get(i))) {
        errors.add(new FieldError("audience.channels[" + i + "]", "is not one of the channels"));
      }
    }
    return errors;
  }

  private Uni<Outcome> versions(Audience audience, VersionRange range, Snapshot current) {
    String product = audience.products().get(0);
    VersionOrder order = current.of(product).orElseThrow().order();
    VersionRange.Resolution resolution = range.resolve(order::read);
    if (resolution instanceof VersionRange.UnknownBound bound) {
      return Uni.createFrom().item(new Outcome.Refused(List.of(unknownBound(bound))));
    }
    VersionRange.Resolved resolved = (VersionRange.Resolved) resolution;
    return fleet
        .versions(Set.of(product))
        .map(reported -> reported.getOrDefault(product, Set.of()))
        .chain(
            reported ->
                selected(
                    audience,
                    Optional.of(
                        reported.stream()
                            .filter(text -> order.read(text).filter(resolved::contains).isPresent())
                            .sorted()
                            .toList())));
  }

  private Uni<Outcome> selected(Audience audience, Optional<List<String>> versions) {
    Uni<Set<String>> reported =
        audience.languages().isEmpty() ? Uni.createFrom().item(Set.of()) : fleet.languages();
    return reported.map(
        languages ->
            new Outcome.Selected(Selection.of(audience, versions, languages, clock.instant())));
  }

  /** What became of it. */
  public sealed interface Outcome {
    record Selected(Selection selection) implements Outcome {}

    /** It names what there is not. */
    record Refused(List<FieldError> errors) implements Outcome {
      public Refused {
        errors = List.copyOf(errors);
      }
    }
  }
}
