package io.towncrier.console;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a page may load and do: files and calls of its own origin alone, nothing that stands in the
 * document itself.
 *
 * @param frameAncestors who may frame it, as in {@link ConsoleConfig#frameAncestors}
 */
public record ContentPolicy(Set<String> frameAncestors) {
  private static final String OWN_SCRIPTS = "script-src 'self'";
  private static final String OWN_CALLS = "connect-src 'self'";
  private static final String OWN_ORIGIN_ALONE =
      "default-src 'none'; "
          + OWN_SCRIPTS
          + "; style-src 'self'; img-src 'self'; "
          + OWN_CALLS
          + ";"
          + " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script';"
          + " frame-ancestors ";

  private static final Pattern ORIGIN =
      Pattern.compile("https://(\\*\\.)?[a-z0-9-]+(\\.[a-z0-9-]+)*(:\\d{1,5})?");

  public ContentPolicy {
    frameAncestors = Set.copyOf(frameAncestors);
    for (String ancestor : frameAncestors) {
      boolean keyword = ancestor.equals("self") || ancestor.equals("none");
      if (!keyword && !ORIGIN.matcher(ancestor).matches()) {
        throw new IllegalArgumentException(
            "TOWNCRIER_CONSOLE_FRAME_ANCESTORS: neither none, self nor an https origin: "
                + ancestor);
      }
    }
    if (frameAncestors.isEmpty()
        || (frameAncestors.contains("none") && frameAncestors.size() > 1)) {
      throw new IllegalArgumentException(
          "TOWNCRIER_CONSOLE_FRAME_ANCESTORS: none stands alone, and something must stand there");
    }
  }

  /** The value of the header {@code Content-Security-Policy}. */
  public String header() {
    return new TreeSet<>(frameAncestors)
        .stream()
            .map(ancestor -> ancestor.startsWith("https:") ? ancestor : "'" + ancestor + "'")
            .collect(Collectors.joining(" ", OWN_ORIGIN_ALONE, ""));
  }

  /**
   * The same of a document in which one script stands: an import map, which no browser takes from a
   * file.
   *
   * @param hash of it, SHA-256 in base64
   */
  public String headerAllowing(String hash) {
    return header().replace(OWN_SCRIPTS, OWN_SCRIPTS + " 'sha256-" + hash + "'");
  }

  /**
   * The same of the document that sends images to where they are kept.
   *
   * @param origin such as that of a bucket
   */
  public String headerAllowing(String hash, String origin) {
    return headerAllowing(hash).replace(OWN_CALLS, OWN_CALLS + " " + origin);
  }
}
