package io.towncrier.platform;

import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.language.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one request and collects every defect, so that a caller hears of all at once.
 */
public final class InputReader {
  /** Stands for what is given and is no text, such as a list: no reader takes it for one. */
  public static final String NO_TEXT = "\ud800";

  private final List<FieldError> errors = new ArrayList<>();

  /** A text that must be there; an empty placeholder when it is not, and the defect is noted. */
  public String text(String field, @Nullable String value, int maxLength) {
    Optional<String> text = optionalText(field, value, maxLength);
    if (text.isEmpty() && (value == null || value.isEmpty())) {
      reject(field, "is required");
    }
    return text.orElse("");
  }

  /** The same of a text that people read: one in which there is nothing to see is a defect too. */
  public String visibleText(String field, @Nullable String value, int maxLength) {
    String text = text(field, value, maxLength);
    if (!text.isEmpty() && !VisibleText.isVisible(text)) {
      reject(field, "has nothing to be seen");
    }
    return text;
  }

  /** A text that may be missing; an empty one counts as missing. */
  public Optional<String> optionalText(String field, @Nullable String value, int maxLength) {
    if (value == null || value.isEmpty()) {
      return Optional.empty();
    }
    if (value.equals(NO_TEXT)) {
      reject(field, "must be a text");
      return Optional.empty();
    }
    if (value.length() > maxLength) {
      reject(field, "must be at most " + maxLength + " characters");
      return Optional.empty();
    }
    if (!isPrintable(value)) {
      reject(field, "must not contain control or direction-changing characters");
      return Optional.empty();
    }
    return Optional.of(value);
  }

  /**
   * Notes an empty text as a defect. For members that restrict something or name a moment: a
   * variable that is not set must not widen what it was to restrict.
   */
  public void notEmpty(String field, @Nullable String value) {
    if (value != null && value.isEmpty()) {
      reject(field, "is empty: leave it out");
    }
  }

  public Optional<CountryCode> country(String field, @Nullable String value) {
    return parsed(field, value, CountryCode::parse, "is not an assigned ISO 3166-1 alpha-2 code");
  }

  public Optional<LanguageTag> language(String field, @Nullable String value) {
    return parsed(field, value, LanguageTag::parse, "is not a known BCP 47 language tag");
  }

  /** A value that is given but not understood is a defect, never a silent default. */
  public <T> Optional<T> parsed(
      String field, @Nullable String value, Function<String, Optional<T>> parser, String message) {
    if (value == null || value.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> parsed = parser.apply(value);
    if (parsed.isEmpty()) {
      reject(field, message);
    }
    return parsed;
  }

  public void reject(String field, String message) {
    errors.add(new FieldError(field, message));
  }

  public List<FieldError> errors() {
    return List.copyOf(errors);
  }

  /** How many defects were found so far. */
  public int errorCount() {
    return errors.size();
  }

  /**
   * Ends the reading.
   *
   * @throws ProblemException invalid-request with every defect, when there was one
   */
  public void finish() {
    finish(Integer.MAX_VALUE);
  }

  /** As above, but names the first {@code limit} defects only, and how many there are. */
  public void finish(int limit) {
    if (!errors.isEmpty()) {
      throw Problem.invalidRequest(errors, limit).asException();
    }
  }

  /**
   * A parameter of a query that never holds a blank, and may hold a plus: a version, an id, a zone
   * such as {@code Etc/GMT+5}. A plus that was not escaped arrives as a blank.
   */
  public static @Nullable String withPlus(@Nullable String given) {
    return given == null ? null : given.replace(' ', '+');
  }

  /** Whether a text holds nothing but what can be shown, and reads as it is written. */
  public static boolean isPrintable(String value) {
    return isPlain(value) || value.codePoints().noneMatch(InputReader::isUnprintable);
  }

  /** Nothing but printable ASCII, as nearly every text is. */
  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static boolean isUnprintable(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        // Bidi embeddings, overrides and isolates make a text read other than it is.
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
