package io.towncrier.functions;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.installation.AcceptRestore;
import java.util.Map;

/**
 * What an operator asks after a restore: {@code {"restored":"show"}} shows how the database
 * differs, {@code {"restored":"accept","by":"olga"}} also starts its pushes again, and is audited.
 * Who may call the function by hand may do so; what comes by the queue is never read like this.
 */
final class RestoredEvent {
  private static final String NAME = "restored";
  private static final int LONGEST_NAME = 100;

  private RestoredEvent() {}

  static boolean is(JsonNode event) {
    return event.has(NAME);
  }

  static Map<String, AcceptRestore.Shown> answer(JsonNode event) {
    AcceptRestore restore = Functions.bean(AcceptRestore.class);
    String what = event.path(NAME).asText();
    return switch (what) {
      case "show" -> Map.of(NAME, Functions.await(restore::show));
      case "accept" -> Map.of("accepted", Functions.await(() -> restore.accept(by(event))));
      default -> throw new IllegalArgumentException("restored is show or accept");
    };
  }

  static String by(JsonNode event) {
    String by = event.path("by").asText("");
    if (by.isBlank() || by.length() > LONGEST_NAME || by.codePoints().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException("by says who accepts it, in up to 100 characters");
    }
    return by;
  }
}
