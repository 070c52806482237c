package io.towncrier.delivery.fcm;

import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.AndroidNotification;
import com.google.firebase.messaging.ApnsConfig;
import com.google.firebase.messaging.Aps;
import com.google.firebase.messaging.ApsAlert;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.Notification;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.phone.CanonicalForm;
import io.towncrier.delivery.recall.Recall;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.ChallengePusher.Challenge;
import io.towncrier.platform.Secret;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.preferences.Category;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Messages as FCM takes them: pure. */
final class FcmMessages {
  // FCM's own maximum is four weeks; ours is shorter because a held message outlives an opt-out.
  private static final Duration LONGEST_TTL = Duration.ofDays(1);
  // Goes past a phone's "do not disturb" where its user allows that; without the right it is
  // "active".
  private static final String TIME_SENSITIVE = "time-sensitive";
  // A newer challenge makes the one before void, so a phone needs the newest alone.
  private static final String CHALLENGE = "challenge";

  private FcmMessages() {}

  /** For how long FCM may hold it; whole seconds. */
  static Duration ttl(PushMessage message) {
    Duration ttl = message.ttl().compareTo(LONGEST_TTL) < 0 ? message.ttl() : LONGEST_TTL;
    return ttl.truncatedTo(ChronoUnit.SECONDS);
  }

  /** What the MAC of a notice covers. */
  static byte[] form(PushMessage message) {
    return CanonicalForm.of(message.data(), message.text().text());
  }

  /** What the MAC of a recall covers. */
  static byte[] form(Recall recall) {
    return CanonicalForm.of(recall.data());
  }

  static Message notice(PushMessage message, String mac, Secret address, Instant now) {
    Duration ttl = ttl(message);
    Map<String, String> data = withMac(message.data(), mac);
    Message.Builder builder =
        Message.builder()
            .putAllData(data)
            .setAndroidConfig(android(message, data, ttl))
            .setApnsConfig(apple(message, expiration(now, ttl)));
    if (!message.handling().byApp()) {
      LocalizedText.Text text = message.text().text();
      builder.setNotification(
          Notification.builder().setTitle(text.title()).setBody(text.body()).build());
    }
    return to(builder, message.address().kind(), address);
  }

  private static Map<String, String> withMac(Map<String, String> data, String mac) {
    Map<String, String> all = new LinkedHashMap<>(data);
    all.put("mac", mac);
    return all;
  }

  private static AndroidConfig android(
      PushMessage message, Map<String, String> data, Duration ttl) {
    AndroidConfig.Builder builder =
        AndroidConfig.builder()
            .setTtl(ttl.toMillis())
            .setPriority(
                message.urgent() ? AndroidConfig.Priority.HIGH : AndroidConfig.Priority.NORMAL);
    CollapseKeys.of(message.handling()).ifPresent(builder::setCollapseKey);
    return message.handling().byApp()
        ? builder.putAllData(toShow(message, data)).build()
        : builder
            .setNotification(
                AndroidNotification.builder()
                    .setTag(message.notice())
                    // A channel that the app has not made is the app's default one.
                    .setChannelId(message.handling().category().code())
                    .build())
            .build();
  }

  /** On Android it takes the place of the other data. */
  private static Map<String, String> toShow(PushMessage message, Map<String, String> data) {
    Map<String, String> all = new LinkedHashMap<>(data);
    all.put("title", message.text().text().title());
    all.put("body", message.text().text().body());
    return all;
  }

  private static ApnsConfig apple(PushMessage message, String expiration) {
    Aps.Builder shown =
        Aps.builder()
            .setThreadId(message.handling().category().code())
            // The app's extension looks at it before it is shown, where the app has one.
            .setMutableContent(true)
            .putCustomData("interruption-level", message.urgent() ? TIME_SENSITIVE : "active");
    if (message.handling().byApp()) {
      LocalizedText.Text text = message.text().text();
      shown.setAlert(ApsAlert.builder().setTitle(text.title()).setBody(text.body()).build());
    }
    return ApnsConfig.builder()
        .putHeader("apns-collapse-id", message.notice())
        .putHeader("apns-expiration", expiration)
        // Apple's 5 has regard to the battery; without the header 10 is meant.
        .putHeader("apns-priority", message.urgent() ? "10" : "5")
        .setAps(shown.build())
        .build();
  }

  /**
   * Data alone, for the app and not for the user; Apple allows priority 5 and no other for it.
   * Without a collapse key: it would be a fifth, and cost a notice its place. Without a MAC: the
   * app of an earlier registration that is asked may have the key of a later one by now.
   */
  static Message challenge(Challenge challenge, Secret address, Instant now) {
    Message.Builder builder =
        Message.builder()
            .putAllData(challenge.data())
            .setAndroidConfig(
                AndroidConfig.builder()
                    .setTtl(challenge.ttl().toMillis())
                    .setPriority(AndroidConfig.Priority.HIGH)
                    .build())
            .setApnsConfig(
                ApnsConfig.builder()
                    .putHeader("apns-collapse-id", CHALLENGE)
                    .putHeader("apns-expiration", expiration(now, challenge.ttl()))
                    .putHeader("apns-push-type", "background")
                    .putHeader("apns-priority", "5")
                    .setAps(Aps.builder().setContentAvailable(true).build())
                    .build());
    return to(builder, challenge.address().kind(), address);
  }

  /**
   * Data alone, which the kit obeys. The message is not urgent: an urgent one that shows nothing
   * costs an app its right to wake the phone. Apple holds only one message of an app. So Apple is
   * asked to hold this one only when no other message that it may hold is to be shown.
   */
  static Message recall(Recall recall, PushAddress to, String mac, Secret address, Instant now) {
    Duration ttl = recall.ttl().compareTo(LONGEST_TTL) < 0 ? recall.ttl() : LONGEST_TTL;
    boolean allSilent = recall.silent().containsAll(EnumSet.allOf(Category.class));
    AndroidConfig.Builder android =
        AndroidConfig.builder()
            .setTtl(ttl.truncatedTo(ChronoUnit.SECONDS).toMillis())
            .setPriority(AndroidConfig.Priority.NORMAL);
    CollapseKeys.of(recall).ifPresent(android::setCollapseKey);
    Message.Builder builder =
        Message.builder()
            .putAllData(withMac(recall.data(), mac))
            .setAndroidConfig(android.build())
            .setApnsConfig(
                ApnsConfig.builder()
                    .putHeader("apns-expiration", allSilent ? expiration(now, ttl) : "0")
                    .putHeader("apns-push-type", "background")
                    .putHeader("apns-priority", "5")
                    .setAps(Aps.builder().setContentAvailable(true).build())
                    .build());
    return to(builder, to.kind(), address);
  }

  private static String expiration(Instant now, Duration ttl) {
    return Long.toString(now.plus(ttl).getEpochSecond());
  }

  @SuppressWarnings("deprecation") // Tokens are still what most phones have; the kind is kept.
  private static Message to(Message.Builder builder, PushAddress.Kind kind, Secret address) {
    return (kind == PushAddress.Kind.FID
            ? builder.setFid(address.reveal())
            : builder.setToken(address.reveal()))
        .build();
  }
}
