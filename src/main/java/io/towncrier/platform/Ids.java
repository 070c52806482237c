package io.towncrier.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;

/** Makes identifiers and secrets that nobody can guess. */
public final class Ids {
  // Lower-case Crockford base 32: no letter that is mistaken for a digit when read out to support.
  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int CHARACTERS = 26; // 130 bits

  private Ids() {}

  /** A new opaque id of the form {@code prefix_26characters}, with 130 random bits. */
  public static String next(String prefix) {
    return prefix + "_" + characters(CHARACTERS);
  }

  /**
   * The opaque id that belongs to these texts, always the same one. It is as hard to guess as they
   * are.
   *
   * @param texts none with a line break
   */
  public static String of(String prefix, String... texts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
      return prefix + "_" + characters(Arrays.copyOf(bytes, CHARACTERS));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A new secret of {@code prefix_52characters}, with 260 random bits. */
  public static Secret nextSecret(String prefix) {
    return new Secret(prefix + "_" + characters(2 * CHARACTERS));
  }

  /** Whether a text can be an id with this prefix at all; says nothing of its existence. */
  public static boolean looksLike(String prefix, String text) {
    return text.length() == prefix.length() + 1 + CHARACTERS
        && text.startsWith(prefix + "_")
        && text.equals(text.toLowerCase(Locale.ROOT))
        && text.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
  }

  private static String characters(int count) {
    // Made here and not held: a generator seeded before a Lambda snapshot would repeat itself.
    SecureRandom random = new SecureRandom();
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return characters(bytes);
  }

  private static String characters(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      text.append(ALPHABET[b & 31]);
    }
    return text.toString();
  }
}
