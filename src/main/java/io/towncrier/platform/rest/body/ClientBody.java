package io.towncrier.platform.rest.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object that a device sends, as texts. It is read as generously as can be, since it was
 * written by firmware of every age and cannot be sent back for correction: numbers and booleans are
 * the text as it is written, a list or an object is {@link InputReader#NO_TEXT}. Line ends within a
 * text, leading zeros, bytes that are no UTF-8, a member that stands twice (the first counts that
 * is not empty) and anything behind the object cost nothing.
 */
public final class ClientBody {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
          .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  // More than any device means: a body of 64 KiB could make some 30,000 objects, each a map.
  private static final int MOST_LISTS = 8;
  private static final int MOST_OBJECTS = 1_000;

  private final Map<String, String> members;
  private final Map<String, List<Map<String, String>>> lists;

  private ClientBody(Map<String, String> members, Map<String, List<Map<String, String>>> lists) {
    this.members = members;
    this.lists = lists;
  }

  /**
   * Reads a body; empty when there is nothing in it, or null.
   *
   * @throws ProblemException malformed-json when it is no object
   */
  public static Optional<ClientBody> read(byte[] body) {
    try {
      return read(JSON.createParser(body));
    } catch (IOException malformed) {
      if (isUtf8(body)) {
        throw refused(malformed);
      }
      return readReplacing(body);
    }
  }

  /** What is no UTF-8 becomes U+FFFD, which no fact holds: it costs the text that it stands in. */
  private static Optional<ClientBody> readReplacing(byte[] body) {
    try {
      return read(JSON.createParser(new String(body, StandardCharsets.UTF_8)));
    } catch (IOException malformed) {
      throw refused(malformed);
    }
  }

  private static boolean isUtf8(byte[] body) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  private static ProblemException refused(IOException failure) {
    String place =
        failure instanceof JsonProcessingException malformed && malformed.getLocation() != null
            ? "Line %d, column %d."
                .formatted(
                    malformed.getLocation().getLineNr(), malformed.getLocation().getColumnNr())
            : "The body cannot be read.";
    return ProblemCode.MALFORMED_JSON.with(place).asException();
  }

  private static Optional<ClientBody> read(JsonParser json) throws IOException {
    try (json) {
      JsonToken first = json.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL) {
        return Optional.empty();
      }
      if (first != JsonToken.START_OBJECT) {
        throw ProblemCode.MALFORMED_JSON.with("Send a JSON object.").asException();
      }
      Map<String, List<Map<String, String>>> lists = new HashMap<>();
      return Optional.of(new ClientBody(members(json, lists), lists));
    }
  }

  /**
   * The members of an object that has begun.
   *
   * @param lists takes those that are lists; of an object in a list they are not looked at
   */
  private static Map<String, String> members(
      JsonParser json, @Nullable Map<String, List<Map<String, String>>> lists) throws IOException {
    Map<String, String> members = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.START_ARRAY && lists != null && lists.size() < MOST_LISTS) {
        lists.putIfAbsent(name, objects(json));
      }
      String text = text(json, value);
      members.merge(name, text, (before, next) -> before.isEmpty() ? next : before);
    }
    return members;
  }

  /**
   * Those of a list that has begun; what is no object in it counts as an empty one. Of a list that
   * no device means, the first of them.
   */
  private static List<Map<String, String>> objects(JsonParser json) throws IOException {
    List<Map<String, String>> objects = new ArrayList<>();
    JsonToken next = json.nextToken();
    while (next != null && next != JsonToken.END_ARRAY) {
      if (objects.size() == MOST_OBJECTS) {
        json.skipChildren();
      } else if (next == JsonToken.START_OBJECT) {
        objects.add(members(json, null));
      } else {
        json.skipChildren();
        objects.add(Map.of());
      }
      next = json.nextToken();
    }
    return objects;
  }

  private static String text(JsonParser json, JsonToken value) throws IOException {
    return switch (value) {
      case VALUE_NULL -> "";
      case START_OBJECT, START_ARRAY -> {
        json.skipChildren();
        yield InputReader.NO_TEXT;
      }
      default -> json.getText();
    };
  }

  /** The text of a member; empty when it is null, and null when there is none. */
  public @Nullable String text(String member) {
    return members.get(member);
  }

  /** The objects in a list, each as texts; empty when the member is missing or is no list. */
  public List<Map<String, String>> objects(String member) {
    return lists.getOrDefault(member, List.of());
  }

  /** The names of all members. */
  public Set<String> names() {
    return Set.copyOf(members.keySet());
  }

  /** Without what the device sent: it is never logged. */
  @Override
  public String toString() {
    return "ClientBody[" + members.size() + " members]";
  }
}
