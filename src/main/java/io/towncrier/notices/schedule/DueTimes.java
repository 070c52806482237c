package io.towncrier.notices.schedule;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When the devices of an audience are due. */
public sealed interface DueTimes {
  /** When the first of them are; empty when none ever is. */
  Optional<Instant> first();

  /** When the last of them are. */
  Optional<Instant> last();

  /** When those of a place are; empty when no moment is known to be right for them. */
  Optional<Slot> at(Place place);

  /** Wherever they are. */
  record Everywhere(Slot slot) implements DueTimes {
    @Override
    public Optional<Instant> first() {
      return Optional.of(slot.from());
    }

    @Override
    public Optional<Instant> last() {
      return Optional.of(slot.end());
    }

    @Override
    public Optional<Slot> at(Place place) {
      return Optional.of(slot);
    }
  }

  /**
   * By where they are.
   *
   * @param slots empty where no moment is known to be right; nobody is pushed to there
   */
  record ByPlace(Map<Place, Optional<Slot>> slots) implements DueTimes {
    public ByPlace {
      slots = Map.copyOf(new LinkedHashMap<>(slots));
    }

    @Override
    public Optional<Instant> first() {
      return known().stream().map(Slot::from).min(Comparator.naturalOrder());
    }

    @Override
    public Optional<Instant> last() {
      return known().stream().map(Slot::end).max(Comparator.naturalOrder());
    }

    @Override
    public Optional<Slot> at(Place place) {
      return slots.getOrDefault(place, Optional.empty());
    }

    /** Places where nobody is pushed to. */
    public List<Place> without() {
      return slots.entrySet().stream()
          .filter(entry -> entry.getValue().isEmpty())
          .map(Map.Entry::getKey)
          .toList();
    }

    private List<Slot> known() {
      return slots.values().stream().flatMap(Optional::stream).toList();
    }
  }
}
