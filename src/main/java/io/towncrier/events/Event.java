package io.towncrier.events;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that happened. It holds ids, counts and states, and nothing about a device or a person.
 *
 * @param id the same in every attempt: a receiver knows repeats by it
 * @param topic the code of an {@link EventTopic}; of a stored one perhaps of a later version's
 * @param data texts and whole numbers, by name
 */
public record Event(String id, String topic, Instant at, Map<String, Object> data) {
  /** What ids begin with. */
  public static final String PREFIX = "evt";

  public Event {
    for (Object value : data.values()) {
      if (!(value instanceof String) && !(value instanceof Long)) {
        throw new IllegalArgumentException("an event holds texts and whole numbers alone");
      }
    }
    data = Collections.unmodifiableMap(new TreeMap<>(data));
  }

  /** What receivers are told, in the form of Standard Webhooks: what, when, and about what. */
  public Map<String, Object> told() {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("type", topic);
    told.put("timestamp", at.toString());
    told.put("data", data);
    return told;
  }
}
