package io.towncrier.devices.residency;

import io.smallrye.mutiny.Uni;

/** Keeps the consents under which devices of other cells are kept here. */
public interface CrossBorderRecords {
  /** Keeps the consent of a device, in the transaction that registers it. */
  Uni<Void> add(String deviceId, CrossBorderConsent consent);
}
