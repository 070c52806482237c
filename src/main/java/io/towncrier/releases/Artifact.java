package io.towncrier.releases;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * A file to download.
 *
 * @param name of the file
 * @param url where it is, https only
 * @param size in bytes, at least 1
 * @param sha256 64 lower-case hexadecimal digits
 */
public record Artifact(String name, URI url, long size, String sha256) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public Artifact {
    if (size < 1 || !isSha256(sha256) || !isDownloadable(url)) {
      throw new IllegalArgumentException("not an artifact: " + name);
    }
  }

  public static boolean isSha256(String text) {
    return SHA256.matcher(text).matches();
  }

  /** Whether a device may be sent there: the policy promises https only. */
  public static boolean isDownloadable(URI url) {
    return "https".equals(url.getScheme()) && url.getHost() != null && url.getUserInfo() == null;
  }
}
