package io.towncrier.ddi.enrolment;

import io.towncrier.ddi.actions.ConfigLink;
import io.towncrier.devices.checks.CheckIns;
import java.util.Optional;

/**
 * A device that signed in by DDI or by RAUC's polling: all that an idle poll needs, out of one row.
 *
 * @param checkIn the device and its facts
 * @param configLink whether it is asked for them
 * @param bootId of its last start, as RAUC said it
 * @param hasOpenAction whether an action of it is open; only then there is more to be read
 */
public record Controller(
    CheckIns.CheckIn checkIn,
    ConfigLink configLink,
    Optional<String> bootId,
    boolean hasOpenAction) {
  /** The version of a device that was imported, or came by a gateway, and has not told it yet. */
  public static final String NO_VERSION = "";

  /** Of the device. */
  public String id() {
    return checkIn.id();
  }

  /** Until then nothing is offered to it. */
  public boolean hasVersion() {
    return !checkIn.facts().version().equals(NO_VERSION);
  }
}
