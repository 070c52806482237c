package io.towncrier.notices.text;

import io.towncrier.preferences.Category;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a notice is. */
public enum NoticeKind {
  FIRMWARE_UPDATE(Category.FIRMWARE_UPDATE),
  APP_UPDATE(Category.APP_UPDATE),
  SECURITY_INCIDENT(Category.SECURITY),
  POLICY_REVISION(Category.POLICY),
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

  /** Whether it goes before others and may wake a sleeping phone. */
  public boolean isUrgent() {
    return this == SECURITY_INCIDENT;
  }

  /** As it stands in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
