package io.towncrier.releases;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file to download.
 *
 * @param name of the file
 * @param url where it is, https only
 * @param size in bytes, at least 1
 * @param sha256 64 lower-case hexadecimal digits
 * @param sha1 40 of them; clients that speak hawkBit's DDI need it
 * @param md5 32 of them; for these clients too
 */
public record Artifact(
    String name, URI url, long size, String sha256, Optional<String> sha1, Optional<String> md5) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]*");
  private static final int SHA256_DIGITS = 64;
  private static final int SHA1_DIGITS = 40;
  private static final int MD5_DIGITS = 32;

  public Artifact {
    if (size < 1
        || !isSha256(sha256)
        || !sha1.map(Artifact::isSha1).orElse(true)
        || !md5.map(Artifact::isMd5).orElse(true)
        || !isDownloadable(url)) {
      throw new IllegalArgumentException("not an artifact: " + name);
    }
  }

  /** Of which only the SHA-256 is known. */
  public Artifact(String name, URI url, long size, String sha256) {
    this(name, url, size, sha256, Optional.empty(), Optional.empty());
  }

  public static boolean isSha256(String text) {
    return isHex(text, SHA256_DIGITS);
  }

  public static boolean isSha1(String text) {
    return isHex(text, SHA1_DIGITS);
  }

  public static boolean isMd5(String text) {
    return isHex(text, MD5_DIGITS);
  }

  private static boolean isHex(String text, int digits) {
    return text.length() == digits && HEX.matcher(text).matches();
  }

  /** Whether a device may be sent there: the policy promises https only. */
  public static boolean isDownloadable(URI url) {
    return "https".equals(url.getScheme()) && url.getHost() != null && url.getUserInfo() == null;
  }
}
