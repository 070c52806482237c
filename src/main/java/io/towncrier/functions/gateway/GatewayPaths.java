package io.towncrier.functions.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * API Gateway hands a path over decoded, in spite of the member's name {@code rawPath}. Quarkus
 * makes a request line of it as it stands, in which a space ends the path: the answer would be a
 * 500. So what may not stand in a path (RFC 3986, section 3.3) is encoded again.
 */
public final class GatewayPaths {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "rawPath";
  private static final String MAY_STAND = "-._~!$&'()*+,;=:@/%";

  private GatewayPaths() {}

  /** The event, or a copy with a path that may stand in a request line. */
  public static byte[] encoded(byte[] event) throws IOException {
    String path = path(event);
    if (path.chars().allMatch(GatewayPaths::mayStand)) {
      return event;
    }
    try {
      ObjectNode copy = (ObjectNode) JSON.readTree(event);
      return JSON.writeValueAsBytes(copy.put(PATH, encoded(path)));
    } catch (JsonProcessingException cutOff) {
      return event;
    }
  }

  // It stands near the beginning: a long body behind it is not read. What is no event has none.
  private static String path(byte[] event) {
    try (JsonParser parser = JSON.createParser(event)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "";
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isPath = parser.currentName().equals(PATH);
        JsonToken value = parser.nextToken();
        if (isPath) {
          return value == JsonToken.VALUE_STRING ? parser.getText() : "";
        }
        parser.skipChildren();
      }
      return "";
    } catch (IOException malformed) {
      return "";
    }
  }

  private static String encoded(String path) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
      int octet = each & 0xff;
      if (mayStand(octet)) {
        encoded.append((char) octet);
      } else {
        encoded.append("%%%02X".formatted(octet));
      }
    }
    return encoded.toString();
  }

  private static boolean mayStand(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || MAY_STAND.indexOf(character) >= 0;
  }
}
