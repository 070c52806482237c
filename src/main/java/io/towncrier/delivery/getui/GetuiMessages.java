package io.towncrier.delivery.getui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.phone.CanonicalForm;
import io.towncrier.delivery.recall.Recall;
import io.towncrier.delivery.vendors.MessageClass;
import io.towncrier.devices.address.ChallengePusher.Challenge;
import io.towncrier.platform.Secret;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.platform.language.VisibleText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Messages as Getui takes them (contract push-china): pure. */
final class GetuiMessages {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  // Getui's own maximum is three days; ours is shorter, as a held message outlives an opt-out.
  private static final Duration LONGEST_TTL = Duration.ofDays(1);
  private static final int LONGEST_TITLE = 50;
  private static final int LONGEST_BODY = 256;
  private static final int BY_GETUI_ELSE_BY_MAKER = 1;
  private static final int BY_GETUI_ALONE = 3;
  private static final int BY_MAKER_ELSE_BY_GETUI = 4;

  private final ObjectNode important;
  private final ObjectNode marketing;

  /**
   * With what makers of phones are told.
   *
   * @throws IllegalStateException when it is not as they take it
   */
  GetuiMessages(GetuiConfig config) {
    this.important =
        options(
            "TOWNCRIER_GETUI_IMPORTANT_OPTIONS", config.importantOptions().orElse(of("NORMAL")));
    this.marketing =
        options("TOWNCRIER_GETUI_MARKETING_OPTIONS", config.marketingOptions().orElse(of("LOW")));
  }

  private static String of(String importance) {
    return "{\"HW\":{\"/message/android/notification/importance\":\"" + importance + "\"}}";
  }

  private static ObjectNode options(String setting, String json) {
    try {
      if (JSON.readTree(json) instanceof ObjectNode makers) {
        for (var maker : makers) {
          if (!maker.isObject()) {
            throw new IllegalStateException(setting + " names options that are no JSON object");
          }
        }
        return makers;
      }
    } catch (JsonProcessingException garbage) {
      throw new IllegalStateException(setting + " is no JSON", garbage);
    }
    throw new IllegalStateException(setting + " is no JSON object");
  }

  /** A repeat to the same address has the same one, unless nothing was sent. */
  static String requestId(PushMessage message, Secret cid) {
    return Digests.requestId(
        String.join(
            "\n",
            message.notice(),
            message.deviceId(),
            cid.reveal(),
            Integer.toString(message.attempt().generation())));
  }

  /**
   * A notice.
   *
   * @param macOf the MAC of a canonical form
   */
  ObjectNode notice(PushMessage message, Function<byte[], String> macOf, Secret cid) {
    String title = cut(message.text().text().title(), LONGEST_TITLE);
    String body = cut(message.text().text().body(), LONGEST_BODY);
    Map<String, String> data = new LinkedHashMap<>(message.data());
    // Of the text as the phone shows it.
    data.put("mac", macOf.apply(CanonicalForm.of(data, new LocalizedText.Text(title, body))));
    String payload = text(data);
    Duration ttl = message.ttl().compareTo(LONGEST_TTL) < 0 ? message.ttl() : LONGEST_TTL;
    ObjectNode root = message(requestId(message, cid), cid, ttl, BY_GETUI_ELSE_BY_MAKER);
    root.put("group_name", message.notice());
    ObjectNode shown = JSON.createObjectNode();
    shown.put("title", title).put("body", body);
    shown.put("click_type", "payload").put("payload", payload);
    shown.put("notify_id", Digests.notifyId(message.notice()));
    root.putObject("push_message").set("notification", shown);
    ObjectNode channel = root.putObject("push_channel");
    ObjectNode maker = channel.putObject("android").putObject("ups");
    maker.set("notification", shown);
    maker.set(
        "options",
        MessageClass.of(message.handling().category()) == MessageClass.IMPORTANT
            ? important
            : marketing);
    ObjectNode ios = channel.putObject("ios");
    ios.put("type", "notify").put("payload", payload);
    ios.put("apns-collapse-id", message.notice());
    ObjectNode aps = ios.putObject("aps");
    aps.putObject("alert").put("title", title).put("body", body);
    aps.put("content-available", 0);
    return root;
  }

  /** Data alone, for the app and not for the user: the app is open, so Getui reaches it itself. */
  ObjectNode challenge(Challenge challenge, Secret cid) {
    String data = text(Map.of("challenge", challenge.nonce().reveal()));
    ObjectNode root =
        message(
            Digests.requestId("challenge\n" + challenge.nonce().reveal()),
            cid,
            challenge.ttl(),
            BY_GETUI_ALONE);
    root.putObject("push_message").put("transmission", data);
    ObjectNode ios = root.putObject("push_channel").putObject("ios");
    ios.put("type", "notify").put("payload", data);
    ios.putObject("aps").put("content-available", 1);
    return root;
  }

  /**
   * Takes back what Getui's own channel shows or holds. Never by force: if Getui does not know the
   * task, force removes everything of the app. Makers are told nothing: some of them show that
   * something was revoked (contract push-china).
   *
   * @param id of this try: a repeat changes nothing, but one that Getui drops is lost
   * @param task Getui's name for the push
   */
  ObjectNode recall(Recall recall, String id, String task, Secret cid) {
    Duration ttl = recall.ttl().compareTo(LONGEST_TTL) < 0 ? recall.ttl() : LONGEST_TTL;
    ObjectNode root = message(Digests.requestId(id), cid, ttl, BY_GETUI_ALONE);
    root.putObject("push_message").putObject("revoke").put("old_task_id", task).put("force", false);
    return root;
  }

  private static ObjectNode message(String requestId, Secret cid, Duration ttl, int strategy) {
    ObjectNode root = JSON.createObjectNode();
    root.put("request_id", requestId);
    ObjectNode settings = root.putObject("settings");
    settings.put("ttl", ttl.toMillis());
    settings
        .putObject("strategy")
        .put("default", strategy)
        // On an iPhone Getui's own channel may show nothing.
        .put("ios", BY_MAKER_ELSE_BY_GETUI);
    root.putObject("audience").putArray("cid").add(cid.reveal());
    return root;
  }

  /** The list of notices has the whole text. A character as people see it is not cut in two. */
  static String cut(String text, int most) {
    return text.length() <= most ? text : VisibleText.cut(text, most - 1) + "\u2026";
  }

  private static String text(Map<String, String> data) {
    try {
      return JSON.writeValueAsString(data);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
