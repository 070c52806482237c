package io.towncrier.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Getui asks of a message (contract push-china). */
final class GetuiRules {
  private static final int MOST = 200;

  private GetuiRules() {}

  static List<String> violations(List<JsonNode> messages) {
    List<String> found = new ArrayList<>();
    need(found, messages.size() <= MOST, "too many in a request");
    Set<String> addresses = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode message : messages) {
      JsonNode audience = message.at("/audience/cid");
      need(found, audience.size() == 1, "one address a message");
      need(found, addresses.add(audience.path(0).asText()), "contains duplicate");
      String id = message.path("request_id").asText();
      need(found, id.length() >= 10 && id.length() <= 32, "request_id");
      need(found, ids.add(id), "request_id twice");
      long ttl = message.at("/settings/ttl").asLong(-2);
      need(found, ttl > 0 && ttl <= Duration.ofDays(3).toMillis(), "ttl");
      need(found, message.path("push_message").size() == 1, "exactly one kind of message");
      need(found, !message.at("/push_message/revoke/force").asBoolean(), "revoke by force");
      shown(found, message.at("/push_message/notification"));
      shown(found, message.at("/push_channel/android/ups/notification"));
    }
    return found;
  }

  private static void shown(List<String> found, JsonNode notification) {
    if (notification.isMissingNode()) {
      return;
    }
    need(found, notification.path("title").asText().length() <= 50, "title size over limit");
    need(found, notification.path("body").asText().length() <= 256, "body size over limit");
    need(found, notification.path("payload").asText().length() <= 3072, "payload over limit");
    need(found, notification.path("notify_id").asLong(-1) >= 0, "notify_id");
    need(found, notification.path("notify_id").isInt(), "notify_id");
    need(found, notification.path("click_type").asText().equals("payload"), "click_type");
  }

  private static void need(List<String> found, boolean holds, String rule) {
    if (!holds) {
      found.add(rule);
    }
  }
}
