package io.towncrier.delivery.fcm;

import io.towncrier.delivery.PushMessage.Handling;
import io.towncrier.preferences.Category;
import java.util.Optional;

/**
 * Under which key FCM holds a notice for an Android phone that is away: pure. A newer message takes
 * the place of the one that is held under the same key. FCM holds four keys and does not say which,
 * so there are four in all, and no notice can cost another one its place (docs/adr/0062).
 */
final class CollapseKeys {
  private CollapseKeys() {}

  static Optional<String> of(Handling handling) {
    return handling.byApp()
        ? ofData(handling.category())
        : Optional.of(ofShown(handling.category()));
  }

  /** Of what must not be lost FCM holds each message: a hundred without a key. */
  private static Optional<String> ofData(Category category) {
    return switch (category) {
      case SECURITY, POLICY -> Optional.empty();
      case FIRMWARE_UPDATE, APP_UPDATE, ANNOUNCEMENT -> Optional.of(category.code());
    };
  }

  // FCM gives the package's name to a message that shows itself and has no key: without one of its
  // own, a notice of another category would take the place of a security notice.
  private static String ofShown(Category category) {
    return switch (category) {
      case FIRMWARE_UPDATE, APP_UPDATE -> "update";
      case SECURITY, POLICY, ANNOUNCEMENT -> category.code();
    };
  }
}
