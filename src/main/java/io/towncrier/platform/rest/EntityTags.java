package io.towncrier.platform.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Makes and compares the tags of answers, RFC 9110 section 8.8.3. */
public final class EntityTags {
  private static final int HASHED_BYTES = 12;

  private EntityTags() {}

  /** A hash of an answer, of all its members: a record shows them as text, whichever there are. */
  public static String of(Record answer) {
    byte[] text = answer.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(sha256().digest(text), 0, HASHED_BYTES);
  }

  /**
   * Whether a list of tags holds one; compared weakly, RFC 9110 section 13.1.2.
   *
   * @param known the header If-None-Match: tags in quotes, separated by commas
   */
  public static boolean names(@Nullable String known, String quoted) {
    return known != null
        && (known.trim().equals("*")
            || Arrays.stream(known.split(",", -1))
                .map(String::trim)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(quoted::equals));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
