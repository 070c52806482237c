package io.towncrier.infra.stack;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.cell.EventsSettings;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.events.EventBus;
import software.constructs.Construct;

/**
 * The bus on which other systems of the maker hear of changes: one of the cell's own, or one that
 * is there. It has no policy: nobody of another account puts events on it or listens to it. What an
 * event holds is public, so AWS's own key is enough.
 */
final class EventsOut {
  private final String name;
  private final String arn;
  private final List<String> topics;

  private EventsOut(CellStack stack, Cell cell, EventsSettings settings) {
    this.topics = settings.topics();
    String there = settings.bus();
    if (there == null) {
      EventBus own =
          EventBus.Builder.create(new Construct(stack, "Events"), "Bus")
              .eventBusName(cell.named("events"))
              .build();
      this.name = own.getEventBusName();
      this.arn = own.getEventBusArn();
    } else {
      this.name = there;
      this.arn = stack.arn("events", "event-bus/" + there);
    }
  }

  /** Empty for a cell that tells nobody. */
  static Optional<EventsOut> of(CellStack stack, Cell cell) {
    return Optional.ofNullable(cell.events()).map(settings -> new EventsOut(stack, cell, settings));
  }

  String name() {
    return name;
  }

  String arn() {
    return arn;
  }

  /** Empty for all. */
  List<String> topics() {
    return topics;
  }
}
