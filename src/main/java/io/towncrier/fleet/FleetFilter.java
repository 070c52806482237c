package io.towncrier.fleet;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which devices are counted: those that have one of the values on every axis that is named. An axis
 * without a value has no device.
 */
public record FleetFilter(Map<Axis, Set<String>> values) {
  /** The whole fleet. */
  public static final FleetFilter ALL = new FleetFilter(Map.of());

  public FleetFilter {
    // In the order of the axes: the same question is the same statement.
    Map<Axis, Set<String>> ordered = new EnumMap<>(Axis.class);
    values.forEach((axis, oneOf) -> ordered.put(axis, Set.copyOf(oneOf)));
    values = Collections.unmodifiableMap(ordered);
  }

  /** The same, and on this axis one of these values. */
  public FleetFilter with(Axis axis, Collection<String> oneOf) {
    Map<Axis, Set<String>> next = new EnumMap<>(Axis.class);
    next.putAll(values);
    next.put(axis, new HashSet<>(oneOf));
    return new FleetFilter(next);
  }

  public FleetFilter with(Axis axis, String value) {
    return with(axis, Set.of(value));
  }
}
