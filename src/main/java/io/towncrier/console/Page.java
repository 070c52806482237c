package io.towncrier.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page and its texts, from files of the application: {@code page.html} with {@code {{name}}}
 * where a text goes, and {@code texts_<language>.properties} in UTF-8.
 */
public final class Page {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([\\w.-]+)}}");

  private final String folder;
  private final String html;

  /**
   * Reads the page.
   *
   * @param folder such as {@code personal-center}
   */
  public Page(String folder) {
    this.folder = folder;
    this.html = read("/" + folder + "/page.html");
  }

  /** Every text of a language by its name. */
  public Map<String, String> texts(PageLanguage language) {
    Properties properties = new Properties();
    try {
      properties.load(
          new StringReader(read("/" + folder + "/texts_" + language.tag() + ".properties")));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    Map<String, String> texts = new TreeMap<>();
    properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
    return texts;
  }

  /**
   * The document.
   *
   * @param values what goes where; escaped here
   * @throws IllegalStateException when a place has no value
   */
  public String render(Map<String, String> values) {
    return PLACE
        .matcher(html)
        .replaceAll(
            place -> {
              String value = values.get(place.group(1));
              if (value == null) {
                throw new IllegalStateException("no text for " + place.group(1));
              }
              return Matcher.quoteReplacement(escape(value));
            });
  }

  /** Changes whenever a file that the page loads does, so that browsers may keep the old ones. */
  public String fingerprint(String... files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String file : files) {
        digest.update(
            read("/META-INF/resources/" + folder + "/" + file).getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String read(String path) {
    try (InputStream in = Page.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("missing from this build: " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
