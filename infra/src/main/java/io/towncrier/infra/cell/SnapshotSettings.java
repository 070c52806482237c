package io.towncrier.infra.cell;

/**
 * The signed catalogue that checks are answered from.
 *
 * @param publicKey Ed25519, base64; it only verifies
 * @param lifeDays after which a snapshot is refused; it is signed anew every hour
 */
public record SnapshotSettings(String publicKey, int lifeDays) {
  public SnapshotSettings {
    Settings.need(!publicKey.isBlank(), "a snapshot needs a key that verifies it");
    Settings.need(lifeDays >= 1, "a snapshot lives for a day at least");
  }
}
