package io.towncrier.delivery.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.delivery.sharding.Shard;
import io.towncrier.platform.Ids;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The bodies of our messages: {@code {"plan":"ntc_..."}} and {@code
 * {"deliver":"ntc_...","shard":1,"of":2,"planned":"2026-05-01T12:00:00Z"}}, and {@code
 * {"awake":true}}, which asks for nothing: a schedule sends it, so that SnapStart forgets no
 * function. What else is in a queue is not ours.
 */
public final class WorkMessages {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOTICE = "ntc";
  private static final int MOST_SHARDS = 1_000_000;

  private WorkMessages() {}

  static String plan(String notice) {
    return text(Map.of("plan", notice));
  }

  static String deliver(Shard shard) {
    return text(
        Map.of(
            "deliver", shard.notice(),
            "shard", shard.number(),
            "of", shard.of(),
            "planned", shard.plannedAt().toString()));
  }

  /** The notice to split; empty when the message is not ours. */
  public static Optional<String> plan(JsonNode body) {
    return notice(body.path("plan"));
  }

  /** The shard to send; empty when the message is not ours. */
  public static Optional<Shard> deliver(JsonNode body) {
    int number = body.path("shard").asInt();
    int of = body.path("of").asInt();
    if (number < 1 || number > of || of > MOST_SHARDS) {
      return Optional.empty();
    }
    return notice(body.path("deliver"))
        .flatMap(
            id -> moment(body.path("planned")).map(planned -> new Shard(id, number, of, planned)));
  }

  /** Whether there is nothing to do: the message has done its work when it has arrived. */
  public static boolean isNothingToDo(JsonNode body) {
    JsonNode awake = body.path("awake");
    return body.size() == 1 && awake.isBoolean() && awake.booleanValue();
  }

  /** What stands in a message; empty when it is no JSON object. */
  public static Optional<JsonNode> read(String body) {
    try {
      return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isObject);
    } catch (JsonProcessingException garbage) {
      return Optional.empty();
    }
  }

  private static Optional<String> notice(JsonNode node) {
    return Optional.of(node.asText("")).filter(id -> Ids.looksLike(NOTICE, id));
  }

  private static Optional<Instant> moment(JsonNode node) {
    try {
      return Optional.of(Instant.parse(node.asText("")));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  private static String text(Map<String, ?> members) {
    try {
      return JSON.writeValueAsString(members);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
