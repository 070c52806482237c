package io.towncrier.delivery;

import io.towncrier.devices.PushAddress;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.preferences.Category;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
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
 * @param handling what the phone decides by
 * @param attempt which send of its delivery it is
 */
public record PushMessage(
    String notice,
    String deviceId,
    PushAddress address,
    LocalizedText.Picked text,
    Duration ttl,
    boolean urgent,
    Handling handling,
    Attempt attempt) {
  /**
   * What the app is given beside the text, by name. The link is a path inside the app, made of the
   * id: no message can lead out of the app (docs/adr/0062).
   */
  public Map<String, String> data() {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("noticeId", notice);
    data.put("kind", "notice");
    data.put("category", handling.category().code());
    data.put("expires", Long.toString(handling.expires().getEpochSecond()));
    data.put("link", "/notices/" + notice);
    return data;
  }

  /**
   * By which a phone decides what to do with a message when it arrives.
   *
   * @param category that users switch off; also the name of its Android channel
   * @param expires from when on it is not to be shown any more; its second counts
   * @param byApp whether the app has the kit: it is woken and shows the notice itself, where the
   *     system would show it without asking the app
   */
  public record Handling(Category category, Instant expires, boolean byApp) {}

  /**
   * Which send of its delivery it is.
   *
   * @param failed how many were made before
   * @param generation a provider that drops repeats takes those of the same generation for one: it
   *     grows when it is known that nothing was sent
   */
  public record Attempt(int failed, int generation) {
    public static final Attempt FIRST = new Attempt(0, 0);
  }
}
