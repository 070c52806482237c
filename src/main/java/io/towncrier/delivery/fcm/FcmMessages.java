package io.towncrier.delivery.fcm;

import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.AndroidNotification;
import com.google.firebase.messaging.ApnsConfig;
import com.google.firebase.messaging.Aps;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.Notification;
import io.towncrier.delivery.PushMessage;
import io.towncrier.devices.ChallengePusher.Challenge;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Messages as FCM takes them: pure. */
final class FcmMessages {
  // FCM's own maximum is four weeks; ours is shorter because a held message outlives an opt-out.
  private static final Duration LONGEST_TTL = Duration.ofDays(1);
  // A newer challenge makes the one before void, so a phone needs the newest alone.
  private static final String CHALLENGE = "challenge";

  private FcmMessages() {}

  /** For how long FCM may hold it; whole seconds. */
  static Duration ttl(PushMessage message) {
    Duration ttl = message.ttl().compareTo(LONGEST_TTL) < 0 ? message.ttl() : LONGEST_TTL;
    return ttl.truncatedTo(ChronoUnit.SECONDS);
  }

  static Message notice(PushMessage message, Secret address, Instant now) {
    Duration ttl = ttl(message);
    String title = message.text().text().title();
    String body = message.text().text().body();
    Message.Builder builder =
        Message.builder()
            .setNotification(Notification.builder().setTitle(title).setBody(body).build())
            .putAllData(message.data())
            .setAndroidConfig(
                AndroidConfig.builder()
                    .setCollapseKey(message.notice())
                    .setTtl(ttl.toMillis())
                    .setPriority(
                        message.urgent()
                            ? AndroidConfig.Priority.HIGH
                            : AndroidConfig.Priority.NORMAL)
                    .setNotification(AndroidNotification.builder().setTag(message.notice()).build())
                    .build())
            .setApnsConfig(
                ApnsConfig.builder()
                    .putHeader("apns-collapse-id", message.notice())
                    .putHeader("apns-expiration", expiration(now, ttl))
                    // Apple's 5 has regard to the battery; without the header 10 is meant.
                    .putHeader("apns-priority", message.urgent() ? "10" : "5")
                    .setAps(Aps.builder().setThreadId(message.notice()).build())
                    .build());
    return to(builder, message.address().kind(), address);
  }

  /** Data alone, for the app and not for the user; Apple allows priority 5 and no other for it. */
  static Message challenge(Challenge challenge, Secret address, Instant now) {
    Message.Builder builder =
        Message.builder()
            .putData(CHALLENGE, challenge.nonce().reveal())
            .setAndroidConfig(
                AndroidConfig.builder()
                    .setCollapseKey(CHALLENGE)
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
