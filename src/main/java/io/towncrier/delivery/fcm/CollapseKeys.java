package io.towncrier.delivery.fcm;

import io.towncrier.delivery.PushMessage.Handling;
import io.towncrier.delivery.recall.Recall;
import io.towncrier.preferences.Category;
import java.util.Arrays;
import java.util.Optional;

/**
 * Under which key FCM holds a notice for an Android phone that is away: pure. A newer message takes
 * the place of the one that is held under the same key. FCM holds four keys and does not say which,
 * so there are four in all, and no notice can cost another one its place (docs/adr/0062).
 */
final class CollapseKeys {
  private CollapseKeys() {}

  static Optional<String> of(Handling handling) {
    return of(handling.category(), handling.byApp());
  }

  /**
   * The key of a recall. A recall replaces the message that FCM holds under the same key. So it has
   * a key only where each message that may be held under that key may be lost: a recall of one
   * notice never removes another notice.
   */
  static Optional<String> of(Recall recall) {
    return of(recall.category(), recall.byApp())
        .filter(
            key ->
                Arrays.stream(Category.values())
                    .filter(other -> of(other, recall.byApp()).filter(key::equals).isPresent())
                    .allMatch(recall.silent()::contains));
  }

  private static Optional<String> of(Category category, boolean byApp) {
    return byApp ? ofData(category) : Optional.of(ofShown(category));
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
