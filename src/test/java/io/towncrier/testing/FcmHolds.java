package io.towncrier.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What FCM holds for an Android phone that is away, as its documentation says (docs/adr/0062): one
 * message a collapse key, the newest; four keys, nobody knows which; up to a hundred messages
 * without a key, or none of them. A message that shows itself always has a key: the package's name,
 * unless it names one.
 */
public final class FcmHolds {
  private static final int KEYS = 4;
  private static final int WITHOUT_A_KEY = 100;

  private FcmHolds() {}

  /** The messages that a phone gets when it comes back, of those that were sent, oldest first. */
  public static List<JsonNode> of(List<JsonNode> sent, Random random) {
    Map<String, JsonNode> byKey = new LinkedHashMap<>();
    List<JsonNode> others = new ArrayList<>();
    for (JsonNode message : sent) {
      String key = message.at("/android/collapse_key").asText();
      boolean showsItself = message.has("notification");
      if (key.isEmpty() && !showsItself) {
        others.add(message);
        continue;
      }
      byKey.put(key.isEmpty() ? "the.package" : key, message);
      if (byKey.size() > KEYS) {
        byKey.remove(List.copyOf(byKey.keySet()).get(random.nextInt(byKey.size())));
      }
    }
    List<JsonNode> held = new ArrayList<>(byKey.values());
    if (others.size() <= WITHOUT_A_KEY) {
      held.addAll(others);
    }
    return held;
  }
}
