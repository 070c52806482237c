package io.towncrier.notices;

import io.towncrier.preferences.Category;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a notice is. Security incidents and policy revisions have contents that the privacy policy
 * prescribes, and are not accepted as free text.
 */
public enum NoticeKind {
  FIRMWARE_UPDATE(Category.FIRMWARE_UPDATE),
  APP_UPDATE(Category.APP_UPDATE),
  ANNOUNCEMENT(Category.ANNOUNCEMENT);

  private final Category category;

  NoticeKind(Category category) {
    this.category = category;
  }

  public static Optional<NoticeKind> parse(String code) {
    return Arrays.stream(values()).filter(k -> k.code().equals(code)).findFirst();
  }

  /** What users switch off to be spared of it. */
  public Category category() {
    return category;
  }

  /** As it stands in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
