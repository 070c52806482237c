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
   * @param bootId as it sent it, of its present start
   * @param decision what it would be offered
   * @return what it is offered: the decision, or that the release is held back from this device
   */
  Uni<CheckResult> follow(
      CheckIns.CheckIn device, String version, Optional<String> bootId, CheckResult decision);
}
