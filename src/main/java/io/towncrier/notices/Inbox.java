package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.TextVariables;
import io.towncrier.devices.DeviceKey;
import io.towncrier.notices.text.Details;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.notices.text.NoticeText;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.language.LocalizedText;
import java.time.Instant;
import java.util.Optional;

/**
 * The in-app notices of a device: those that addressed it, whatever became of their push, unless it
 * or its account has switched their category off in-app.
 */
public interface Inbox {
  /**
   * In the order in which they began; cancelled ones are left out. What was started and is not
   * planned for the device yet is planned with this.
   *
   * @return empty when the secret is not the device's
   */
  Uni<Optional<Page<Entry>>> entries(DeviceKey key, PageRequest<String> request);

  /**
   * Marks as read, on every device that shares an account with this one.
   *
   * @return whether the device has this notice
   */
  Uni<Boolean> markRead(String deviceId, String notice, Instant now);

  /**
   * One notice in one inbox.
   *
   * @param variables of the device
   */
  record Entry(
      String notice,
      NoticeKind kind,
      NoticeText written,
      Instant since,
      Optional<Instant> readAt,
      Optional<LanguageTag> deviceLanguage,
      TextVariables variables) {
    /** In the language of the device. */
    public LocalizedText.Picked text() {
      LocalizedText.Picked picked = picked();
      return new LocalizedText.Picked(picked.language(), variables.fill(picked.text()));
    }

    /** Of an incident, in the language of the text. */
    public Optional<Details.Advice> advice() {
      return written.details() instanceof Details.Incident incident
          ? incident.in(picked().language()).map(advice -> advice.filled(variables))
          : Optional.empty();
    }

    private LocalizedText.Picked picked() {
      return written.texts().pick(deviceLanguage, written.defaultLanguage());
    }
  }
}
