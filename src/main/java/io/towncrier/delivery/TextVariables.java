package io.towncrier.delivery;

import io.towncrier.platform.language.LocalizedText;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a text may say of the device that it is for: {@code {product}} and {@code {version}}.
 *
 * @param product its name
 * @param version that is installed
 */
@Schema(name = "TextVariables")
public record TextVariables(String product, String version) {
  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_.-]*)}");
  private static final String PRODUCT = "product";
  private static final String VERSION = "version";

  /** The names in braces that stand for nothing, in their order. */
  public static List<String> unknownIn(String template) {
    return VARIABLE
        .matcher(template)
        .results()
        .map(found -> found.group(1))
        .filter(name -> !name.equals(PRODUCT) && !name.equals(VERSION))
        .distinct()
        .toList();
  }

  /** The text as this device's user reads it. */
  public LocalizedText.Text fill(LocalizedText.Text template) {
    return new LocalizedText.Text(fill(template.title()), fill(template.body()));
  }

  public String fill(String template) {
    return template.indexOf('{') < 0
        ? template
        : VARIABLE.matcher(template).replaceAll(this::replacement);
  }

  private String replacement(MatchResult found) {
    return Matcher.quoteReplacement(
        switch (found.group(1)) {
          case PRODUCT -> product;
          case VERSION -> version;
          // Refused when it was drafted.
          default -> found.group();
        });
  }
}
