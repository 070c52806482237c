package io.towncrier.infra.cell;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bus on which other systems of the maker hear of changes.
 *
 * @param bus the name of one that is in the account and the region of the cell already; null for
 *     one of the cell's own
 * @param topics only these are told; empty for all
 */
public record EventsSettings(@Nullable String bus, List<String> topics) {
  private static final Pattern NAME = Pattern.compile("[/.\\-_A-Za-z0-9]{1,256}");

  // As io.towncrier.events.EventTopic has them, which CellsTest compares.
  private static final List<String> TOPICS =
      List.of(
          "release.published",
          "catalogue.imported",
          "rollout.phase-begun",
          "rollout.halted",
          "rollout.resumed",
          "rollout.done",
          "notice.done",
          "support.ending");

  public EventsSettings {
    Settings.need(bus == null || NAME.matcher(bus).matches(), "not the name of a bus: " + bus);
    Settings.need(topics != null, "topics of events are listed; an empty list is all of them");
    topics = List.copyOf(topics);
    for (String topic : topics) {
      Settings.need(
          TOPICS.contains(topic), "no topic of events: %s. They are %s".formatted(topic, TOPICS));
    }
  }
}
