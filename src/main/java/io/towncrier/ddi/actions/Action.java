package io.towncrier.ddi.actions;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An offer of one release to one device, as DDI numbers it.
 *
 * @param number by chance; of two devices both may have it
 * @param version of the release
 * @param state how far it is
 * @param cancelRefused whether the client goes on although it was asked to cancel
 * @param ended what the device said in the end
 * @param offeredAt when it was first offered
 * @param changedAt when its state changed last
 */
public record Action(
    int number,
    String version,
    State state,
    boolean cancelRefused,
    Optional<Ended> ended,
    Instant offeredAt,
    Instant changedAt) {

  /** How far an action is. */
  public enum State {
    OFFERED,
    /** The client has said that it downloads or installs. */
    RUNNING,
    /** It is downloaded, and not to be installed yet. */
    DOWNLOADED,
    /** The client says that it is installed. Whether it is, the next version tells. */
    SUCCEEDED,
    FAILED,
    /** The client said so, behind a success. */
    ROLLED_BACK,
    CANCELLED,
    /** Another release was offered before it began. */
    WITHDRAWN;

    boolean isOpen() {
      return this == OFFERED || this == RUNNING || this == DOWNLOADED;
    }
  }

  /**
   * What the device said in the end.
   *
   * @param success whether it worked
   * @param ofDownload whether it failed before it was installed
   * @param details in the client's words, without addresses
   * @param later the details of another result that contradicts it; empty without one
   */
  public record Ended(
      boolean success, boolean ofDownload, List<String> details, Optional<List<String>> later) {}

  /** A new one. */
  public static Action offered(int number, String version, Instant now) {
    return new Action(number, version, State.OFFERED, false, Optional.empty(), now, now);
  }

  public boolean isOpen() {
    return state.isOpen();
  }

  /** Whether the client has begun with it. */
  public boolean hasBegun() {
    return isOpen() && state != State.OFFERED;
  }

  /** The same, so far. */
  public Action in(State next, Instant now) {
    return new Action(number, version, next, cancelRefused, ended, offeredAt, now);
  }

  /** The same, whose release the device runs: it has worked, whatever was said of it. */
  public Action installed(Instant now) {
    return ended(State.SUCCEEDED, new Ended(true, false, List.of(), Optional.empty()), now);
  }

  /** With its end. */
  public Action ended(State next, Ended how, Instant now) {
    return new Action(number, version, next, cancelRefused, Optional.of(how), offeredAt, now);
  }

  /** The same, whose client goes on. */
  public Action refusingToCancel(Instant now) {
    return new Action(number, version, state, true, ended, offeredAt, now);
  }
}
