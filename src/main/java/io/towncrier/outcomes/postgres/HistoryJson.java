package io.towncrier.outcomes.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.outcomes.state.History;
import io.towncrier.outcomes.state.OutcomeEvent;
import io.towncrier.outcomes.state.OutcomeState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last transitions as they stand in the row of an attempt. */
final class HistoryJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private HistoryJson() {}

  static String write(History history) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (History.Entry entry : history.entries()) {
      ObjectNode node = all.addObject();
      node.put("at", entry.at().toString());
      entry.deviceAt().ifPresent(at -> node.put("deviceAt", at.toString()));
      node.put("event", entry.event().code());
      node.put("state", entry.state().code());
      if (entry.evidence()) {
        node.put("evidence", true);
      }
      entry.report().ifPresent(id -> node.put("report", id));
      entry.code().ifPresent(code -> node.put("code", code));
      entry.detail().ifPresent(detail -> node.put("detail", detail));
    }
    return all.toString();
  }

  static History read(String json) {
    List<History.Entry> entries = new ArrayList<>();
    for (JsonNode node : tree(json)) {
      entries.add(
          new History.Entry(
              Instant.parse(node.path("at").asText()),
              text(node, "deviceAt").map(Instant::parse),
              OutcomeEvent.parse(node.path("event").asText()).orElseThrow(),
              OutcomeState.parse(node.path("state").asText()).orElseThrow(),
              node.path("evidence").asBoolean(false),
              text(node, "report"),
              text(node, "code"),
              text(node, "detail")));
    }
    return new History(entries);
  }

  private static Optional<String> text(JsonNode node, String member) {
    return node.hasNonNull(member) ? Optional.of(node.get(member).asText()) : Optional.empty();
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException ours) {
      throw new IllegalStateException("a history that we wrote cannot be read", ours);
    }
  }
}
