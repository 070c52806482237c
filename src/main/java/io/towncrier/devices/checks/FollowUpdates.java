package io.towncrier.devices.checks;

import io.smallrye.mutiny.Uni;
import io.towncrier.updates.CheckResult;
import java.util.Optional;

/** Follows what becomes of the updates that devices are offered. */
public interface FollowUpdates {
  /**
   * Notes which version a device runs and what it is offered. Nothing is read or written when
   * neither is news.
   *
   * @param device as it signed in
   * @param version that it runs now
   * @param client of the device
   * @param decision what it would be offered
   * @return what it is offered: the decision, or that the release is held back from this device
   */
  Uni<CheckResult> follow(
      CheckIns.CheckIn device, String version, Client client, CheckResult decision);

  /**
   * What a device's client says and does beside its facts.
   *
   * @param bootId as it sent it, of the device's present start
   * @param waitsForWindow whether it begins a download in the install window alone
   */
  record Client(Optional<String> bootId, boolean waitsForWindow) {
    /** One that may begin as soon as it is offered something. */
    public static Client atOnce(Optional<String> bootId) {
      return new Client(bootId, false);
    }

    /** One that is shown nothing while the window is closed. */
    public static Client inWindow(Optional<String> bootId) {
      return new Client(bootId, true);
    }
  }
}
