package io.towncrier.fleet;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.util.List;

/**
 * How many devices there are, without a look at any of them: registered and not revoked. What was
 * committed before the question is in the answer.
 */
public interface FleetCounts {
  /** All groups of devices that differ on these axes, in no order; none is empty. */
  Uni<List<Group>> groups(List<Axis> by, FleetFilter filter);

  /** The same as a list in the order of the values; each key is the values of its group. */
  Uni<Table> table(List<Axis> by, FleetFilter filter, PageRequest<List<String>> request);

  /**
   * Devices that are alike.
   *
   * @param values one for each axis that was asked for; {@link Axis#UNKNOWN} where it is not known
   */
  record Group(List<String> values, long devices) {
    public Group {
      values = List.copyOf(values);
    }
  }

  /** A part of the groups, and the devices of all of them. */
  record Table(Page<Group> page, long devices) {}
}
