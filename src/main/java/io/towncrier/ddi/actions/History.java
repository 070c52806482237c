package io.towncrier.ddi.actions;

import java.util.List;
import java.util.Optional;

/**
 * The last actions of a device.
 *
 * @param actions newest first
 */
public record History(List<Action> actions) {
  /** Of a device that was offered nothing yet. */
  public static final History NONE = new History(List.of());

  public History {
    actions = List.copyOf(actions);
  }

  /** The one that is open, if one is. */
  public Optional<Action> open() {
    return actions.stream().filter(Action::isOpen).findFirst();
  }

  /** The one with this number. */
  public Optional<Action> numbered(int number) {
    return actions.stream().filter(action -> action.number() == number).findFirst();
  }
}
