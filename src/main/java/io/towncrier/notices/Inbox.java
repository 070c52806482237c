package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.LanguageTag;
import io.towncrier.platform.LocalizedText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The in-app notices of a device: those that addressed it, whatever became of their push, unless it
 * or its account has switched their category off in-app.
 */
public interface Inbox {
  /** Newest first, at most {@code limit}; cancelled ones are left out. */
  Uni<List<Entry>> entries(String deviceId, int limit);

  /** Marks as read; whether the device has this notice. */
  Uni<Boolean> markRead(String deviceId, String notice, Instant now);

  /** One notice in one inbox. */
  record Entry(
      String notice,
      NoticeKind kind,
      LocalizedText texts,
      LanguageTag defaultLanguage,
      Instant since,
      Optional<Instant> readAt,
      LanguageTag deviceLanguage) {
    /** In the language of the device. */
    public LocalizedText.Picked text() {
      return texts.pick(Optional.of(deviceLanguage), defaultLanguage);
    }
  }
}
