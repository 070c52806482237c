package io.towncrier.jobs;

import io.towncrier.devices.DevicesConfig;
import io.towncrier.privacy.KeyCheck;
import io.towncrier.privacy.rotation.RotateKeys;
import jakarta.inject.Singleton;
import java.util.List;

/** Looks whether the keys have changed, and moves their rotation on. */
@Singleton
class KeyJobs implements JobGroup {
  private final KeyCheck check;
  private final RotateKeys rotate;
  private final DevicesConfig devices;

  KeyJobs(KeyCheck check, RotateKeys rotate, DevicesConfig devices) {
    this.check = check;
    this.rotate = rotate;
    this.devices = devices;
  }

  @Override
  public List<PeriodicJob> jobs() {
    return List.of(look(), rotate());
  }

  /** Beside the requests, so that none waits for it. */
  private PeriodicJob look() {
    return new PeriodicJob(
        "keysLookedAt", Cadence.MARK, check, hasTime -> check.look().replaceWith(1L));
  }

  /** Seals anew, page by page; a device that is not heard of for so long registers again. */
  private PeriodicJob rotate() {
    return new PeriodicJob(
        "sealedAnew", Cadence.MARK, rotate, hasTime -> rotate.run(hasTime, devices.pruneAfter()));
  }
}
