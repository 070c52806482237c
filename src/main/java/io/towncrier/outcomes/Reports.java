package io.towncrier.outcomes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** How every dialect cleans what devices write freely. */
public final class Reports {
  /** No device's clock is believed that shows a later moment. */
  public static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private static final int LONGEST_DETAIL = 200;
  private static final int BOOT_HASH = 8;
  private static final Pattern MAC =
      Pattern.compile("(?i)\\b[0-9a-f]{2}([:-][0-9a-f]{2}){5}\\b|\\b[0-9a-f]{12}\\b");
  private static final Pattern IPV4 = Pattern.compile("\\b\\d{1,3}(\\.\\d{1,3}){3}\\b");
  private static final Pattern IPV6 =
      Pattern.compile("(?i)(?<![0-9a-z:])(?=[0-9a-f:]*:[0-9a-f:]*:)[0-9a-f:]{3,45}(?![0-9a-z:])");
  private static final Pattern MAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,128}");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}\\p{Zl}\\p{Zp}]+");

  private Reports() {}

  /** A detail as operators may see it: one line, without addresses of any kind, not too long. */
  public static String masked(String detail) {
    // Cut with room first, so that a text of a megabyte costs nothing; then what is left is masked
    // before it is cut to its length, so that no half of an address stays.
    String text = detail.substring(0, Math.min(detail.length(), 2 * LONGEST_DETAIL));
    text = UNPRINTABLE.matcher(text).replaceAll(" ");
    for (Pattern address : new Pattern[] {MAIL, MAC, IPV6, IPV4}) {
      text = address.matcher(text).replaceAll("***");
    }
    return text.substring(0, Math.min(text.length(), LONGEST_DETAIL));
  }

  /** Says whether two boot ids are the same, and nothing else. */
  public static String boot(String id) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BOOT_HASH);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
