package io.towncrier.privacy.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long data are kept; docs/data-inventory.md says which. */
@ConfigMapping(prefix = "towncrier.retention")
public interface RetentionPolicy {
  /**
   * For how long backups are kept. Cancelled accounts are erased so long before six months are
   * over.
   */
  @WithDefault("35d")
  Duration backups();

  /** How long a device is kept that is linked to nobody and is not seen any more. */
  @WithDefault("730d")
  Duration unlinkedDevices();

  /**
   * How long what became of a push is kept after the last moment at which the notice could be
   * pushed. In-app it is shown as long.
   */
  @WithDefault("395d")
  Duration deliveries();

  /**
   * How long it is kept what became of each push after its provider had accepted it; counts stay as
   * long as their notice.
   */
  @WithDefault("30d")
  Duration pushSteps();

  /**
   * How long a notice is kept after it was done; one that was never started, after it was written.
   */
  @WithDefault("1095d")
  Duration notices();

  /** How long an audit entry is kept; it goes with its day, behind a head that was signed off. */
  @WithDefault("1095d")
  Duration audit();

  /** How long a privacy request is kept after it was closed. */
  @WithDefault("1095d")
  Duration privacyRequests();

  /** How long the dates on a receipt can be seen after the account was erased. */
  @WithDefault("730d")
  Duration receipts();
}
