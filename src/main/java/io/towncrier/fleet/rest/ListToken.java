package io.towncrier.fleet.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text by which the next page of one query is asked for. Another query does not read it: its
 * pages would leave out devices, or show them twice, and nobody would see that.
 */
final class ListToken {
  // A mistake is to be found; there is nothing to be forged.
  private static final int MARK_BYTES = 6;
  private static final String BETWEEN = "\n";

  private final String mark;
  private final int values;

  private ListToken(String mark, int values) {
    this.mark = mark;
    this.values = values;
  }

  /**
   * For one query.
   *
   * @param values how many a key of the list has
   * @param query everything that chooses and orders what is listed, as it was given
   */
  static ListToken of(int values, @Nullable String... query) {
    String all =
        Arrays.stream(query)
            .map(part -> part == null ? "-" : "+" + part)
            .collect(Collectors.joining(BETWEEN));
    byte[] digest = sha256(all.getBytes(StandardCharsets.UTF_8));
    return new ListToken(encoded(Arrays.copyOf(digest, MARK_BYTES)), values);
  }

  String write(List<String> key) {
    return mark + encoded(String.join(BETWEEN, key).getBytes(StandardCharsets.UTF_8));
  }

  /** The key; empty when the text is no token of this query. */
  Optional<List<String>> read(String token) {
    if (!token.startsWith(mark)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token.substring(mark.length()));
      List<String> key = List.of(new String(bytes, StandardCharsets.UTF_8).split(BETWEEN, -1));
      return key.size() == values && key.stream().noneMatch(v -> v.indexOf('\0') >= 0)
          ? Optional.of(key)
          : Optional.empty();
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
