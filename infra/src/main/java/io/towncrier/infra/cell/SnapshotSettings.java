package io.towncrier.infra.cell;

import java.util.List;

/**
 * The signed catalogue that checks are answered from.
 *
 * @param publicKeys Ed25519, X.509 in base64: by one of these it must be signed; two while one
 *     takes the place of the other
 * @param oldAfterHours when somebody is told that it was not signed anew, as it is every hour;
 *     checks go on with an old one
 */
public record SnapshotSettings(List<String> publicKeys, int oldAfterHours) {
  private static final int RENEWED_WITHIN_HOURS = 2;

  public SnapshotSettings {
    publicKeys = List.copyOf(publicKeys);
    Settings.need(
        !publicKeys.isEmpty() && publicKeys.stream().noneMatch(key -> key.matches("\\s*|.*,.*")),
        "a snapshot needs keys that verify it, one in a place");
    Settings.need(
        oldAfterHours >= RENEWED_WITHIN_HOURS,
        "a snapshot is signed anew every hour, and the tick may be late");
  }
}
