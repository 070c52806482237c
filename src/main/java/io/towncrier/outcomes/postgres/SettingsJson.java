package io.towncrier.outcomes.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.outcomes.OutcomeSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Settings as they are stored: what is not set is left out. */
final class SettingsJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SettingsJson() {}

  static String write(OutcomeSettings settings) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    settings.attempts().ifPresent(n -> node.put("attempts", n));
    settings.backOff().ifPresent(d -> node.put("backOff", d.toString()));
    settings
        .retried()
        .ifPresent(codes -> new TreeSet<>(codes).forEach(node.putArray("retried")::add));
    settings.confirmSoak().ifPresent(d -> node.put("confirmSoak", d.toString()));
    settings.restartLimit().ifPresent(d -> node.put("restartLimit", d.toString()));
    settings.timeOut().ifPresent(d -> node.put("timeOut", d.toString()));
    settings.failures().ifPresent(share -> node.put("failures", share));
    settings.minimum().ifPresent(n -> node.put("minimum", n));
    settings.downloads().ifPresent(share -> node.put("downloads", share));
    return node.toString();
  }

  static OutcomeSettings read(String json) {
    JsonNode node = tree(json);
    return new OutcomeSettings(
        given(node, "attempts").map(JsonNode::intValue),
        duration(node, "backOff"),
        given(node, "retried").map(SettingsJson::texts),
        duration(node, "confirmSoak"),
        duration(node, "restartLimit"),
        duration(node, "timeOut"),
        given(node, "failures").map(JsonNode::doubleValue),
        given(node, "minimum").map(JsonNode::longValue),
        given(node, "downloads").map(JsonNode::doubleValue));
  }

  private static Optional<JsonNode> given(JsonNode node, String member) {
    return node.hasNonNull(member) ? Optional.of(node.get(member)) : Optional.empty();
  }

  private static Optional<Duration> duration(JsonNode node, String member) {
    return given(node, member).map(text -> Duration.parse(text.textValue()));
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new HashSet<>();
    array.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException ours) {
      throw new IllegalStateException("settings that we wrote cannot be read", ours);
    }
  }
}
