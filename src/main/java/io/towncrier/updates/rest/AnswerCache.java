package io.towncrier.updates.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.towncrier.updates.Decision;
import io.towncrier.updates.UpdateAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bodies that were built, by their tags: the same tag means the same bytes. Most of a fleet asks
 * with few facts. Emptied when it is full, since a new snapshot makes all of it useless anyway.
 */
@ApplicationScoped
class AnswerCache {
  // About 1.5 KB each.
  private static final int MAX_ANSWERS = 8_192;

  private final ObjectWriter writer;
  private final Map<String, byte[]> bodies = new ConcurrentHashMap<>();

  AnswerCache(ObjectMapper json) {
    this.writer = json.writerFor(UpdateAnswer.class);
  }

  /** The body of a decision, UTF-8. */
  byte[] body(String tag, Decision decision) {
    byte[] known = bodies.get(tag);
    if (known != null) {
      return known;
    }
    byte[] built = build(decision);
    if (bodies.size() >= MAX_ANSWERS) {
      bodies.clear();
    }
    bodies.put(tag, built);
    return built;
  }

  private byte[] build(Decision decision) {
    try {
      return writer.writeValueAsBytes(decision.answer());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
