package io.towncrier.platform.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.regex.Pattern;

/** What this build was made from: written down by the build, where there is git. */
public final class BuiltFrom {
  private static final String FILE = "/io/towncrier/build.properties";
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}(-dirty)?");
  private static final String DIRTY = "-dirty";
  private static final String UNKNOWN = "unknown";

  private BuiltFrom() {}

  /**
   * The commit; with {@code -dirty} where files were changed since, {@code unknown} without git.
   */
  public static String commit() {
    try (InputStream in = BuiltFrom.class.getResourceAsStream(FILE)) {
      Properties built = new Properties();
      if (in != null) {
        built.load(in);
      }
      return checked(built.getProperty("commit", ""));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Whether two builds that tell this are the same. */
  public static boolean isExact(String commit) {
    return !commit.equals(UNKNOWN) && !commit.endsWith(DIRTY);
  }

  /** Without git the build has written something else, or nothing. */
  static String checked(String written) {
    return COMMIT.matcher(written.strip()).matches() ? written.strip() : UNKNOWN;
  }
}
