package io.towncrier.delivery;

import io.towncrier.devices.PushAddress;
import io.towncrier.platform.language.LocalizedText;
import java.time.Duration;
import java.util.Map;

/**
 * One push to one device.
 *
 * @param notice id, by which a phone drops a repeat
 * @param deviceId for the console; never part of what is sent
 * @param address opened by the provider alone
 * @param text in the device's language
 * @param ttl for how long the provider may hold it, above zero; whole seconds
 * @param urgent whether it may wake a sleeping phone
 */
public record PushMessage(
    String notice,
    String deviceId,
    PushAddress address,
    LocalizedText.Picked text,
    Duration ttl,
    boolean urgent) {
  /** What the app is given beside the text, by name. */
  public Map<String, String> data() {
    return Map.of("noticeId", notice);
  }
}
