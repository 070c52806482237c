package io.towncrier.artifacts;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * By what an artifact is found: its bytes and the name of its file. Nothing in it has to be escaped
 * in a URL.
 *
 * @param sha256 of the bytes, 64 lower-case hexadecimal digits
 * @param file the name of the file
 */
public record ArtifactName(String sha256, String file) {
  /** Below which all artifacts are served. */
  public static final String SERVED_BELOW = "/artifacts/";

  public static final String MEDIA_TYPE = "application/octet-stream";

  /** Of what is published: for a year, as RFC 9111 knows no "for ever". */
  public static final String KEPT = "public, max-age=31536000, immutable";

  /** Of what is not: who has a link has it for a while. */
  public static final String NOT_KEPT = "private, no-store";

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  // No dot at its start: such names are for what is not complete yet.
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~-]{0,127}");

  public ArtifactName {
    if (!isSha256(sha256) || !isFile(file)) {
      throw new IllegalArgumentException("not the name of an artifact: " + file);
    }
  }

  public static boolean isSha256(String text) {
    return SHA256.matcher(text).matches();
  }

  public static boolean isFile(String text) {
    return FILE.matcher(text).matches();
  }

  /** Where it is served: {@code /artifacts/<sha256>/<name>}. */
  public String path() {
    return SERVED_BELOW + sha256 + "/" + file;
  }

  /** What a path names, as it was sent; empty when it is not one of {@link #path}. */
  public static Optional<ArtifactName> ofPath(String path) {
    if (!path.startsWith(SERVED_BELOW)) {
      return Optional.empty();
    }
    int slash = path.indexOf('/', SERVED_BELOW.length());
    if (slash < 0) {
      return Optional.empty();
    }
    String sha256 = path.substring(SERVED_BELOW.length(), slash);
    String file = path.substring(slash + 1);
    return isSha256(sha256) && isFile(file)
        ? Optional.of(new ArtifactName(sha256, file))
        : Optional.empty();
  }
}
