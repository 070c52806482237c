package io.towncrier.events;

import io.smallrye.mutiny.Uni;
import io.towncrier.events.EventSender.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts events on a bus, several in one request. */
public interface EventBus {
  /** Where no bus can be reached: a plain server has no client of one. */
  EventBus NONE =
      (bus, events) ->
          Uni.createFrom()
              .item(
                  new Answer(
                      events.stream()
                          .collect(
                              Collectors.toMap(
                                  Event::id,
                                  event -> new Outcome.Failed("not-reached", Optional.empty()))),
                      false));

  /** Never fails: what goes wrong is an outcome. */
  Uni<Answer> put(Endpoint.Bus bus, List<Event> events);

  /**
   * What became of some events.
   *
   * @param outcomes by the ids of the events; one that is missing was not tried
   * @param goesOn false when the bus takes no more for now
   */
  record Answer(Map<String, Outcome> outcomes, boolean goesOn) {
    public Answer {
      outcomes = Map.copyOf(outcomes);
    }
  }
}
