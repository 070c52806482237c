package io.towncrier.delivery.vendors;

import io.towncrier.preferences.Category;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a message is to vendors of phones. */
public enum MessageClass {
  /** A service message, once the vendor has approved it. */
  IMPORTANT,
  /** All else; vendors show a few of them a day. */
  MARKETING;

  public static MessageClass of(Category category) {
    return switch (category) {
      case SECURITY, POLICY, FIRMWARE_UPDATE -> IMPORTANT;
      case APP_UPDATE, ANNOUNCEMENT -> MARKETING;
    };
  }

  /** What belongs to it. */
  public List<Category> categories() {
    return Arrays.stream(Category.values()).filter(category -> of(category) == this).toList();
  }

  /** As it stands in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
