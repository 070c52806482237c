package io.towncrier.privacy;

import io.towncrier.privacy.keys.LiveKeys;
import io.towncrier.privacy.keys.VersionKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;

/**
 * Derives the keys of messages to phones when they are needed, and keeps none of them
 * (docs/adr/0073).
 */
@ApplicationScoped
public class MessageKeys {
  private static final String PURPOSE = "message-key";
  private static final int BYTES = 32;
  // RFC 5869 section 2.3: the first block of output ends with its number.
  private static final char FIRST_BLOCK = '\u0001';

  private final LiveKeys keys;

  MessageKeys(LiveKeys keys) {
    this.keys = keys;
  }

  /** The key of a device under the version that is written now: what the device is given. */
  public MessageKey of(String deviceId) {
    return of(deviceId, keys.written());
  }

  /**
   * Its keys under each version that lives, the written one first: while the keys are rotated, a
   * device may have the one or the other.
   */
  public List<MessageKey> all(String deviceId) {
    return keys.all().stream().map(version -> of(deviceId, version)).toList();
  }

  /**
   * HKDF-Expand of RFC 5869. Its first step is left out, since the key of a version is random
   * already (section 3.3).
   */
  private static MessageKey of(String deviceId, VersionKeys version) {
    byte[] block = version.mac(PURPOSE, deviceId + "\n" + version.version() + FIRST_BLOCK);
    // Of later versions the version stands in front.
    return new MessageKey(
        version.version(), Arrays.copyOfRange(block, block.length - BYTES, block.length));
  }
}
