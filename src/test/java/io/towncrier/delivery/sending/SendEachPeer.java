package io.towncrier.delivery.sending;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.BatchResponse;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.Notification;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** firebase-admin as its documentation shows it: batches of 500 by sendEach, its own transport. */
final class SendEachPeer {
  private static final int BATCH = 500;
  private static final long HOUR_MILLIS = 3_600_000;

  private final FirebaseMessaging messaging;

  SendEachPeer(String endpoint) throws ReflectiveOperationException {
    FirebaseApp app =
        FirebaseApp.initializeApp(
            FirebaseOptions.builder()
                .setCredentials(new NoCredentials())
                .setProjectId("towncrier-test")
                .build(),
            "peer");
    messaging = FirebaseMessaging.getInstance(app);
    sendTo(endpoint + "/v1/projects/towncrier-test/messages:send");
  }

  /** The library knows one host; there is no setting for it. */
  private void sendTo(String url) throws ReflectiveOperationException {
    Object client = get(messaging, "messagingClient");
    // A memoizing supplier in front of the client.
    if (client instanceof com.google.common.base.Supplier<?> supplier) {
      client = supplier.get();
    }
    Field target = client.getClass().getDeclaredField("fcmSendUrl");
    target.setAccessible(true);
    target.set(client, url);
  }

  private static Object get(Object owner, String name) throws ReflectiveOperationException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(owner);
  }

  @SuppressWarnings("deprecation") // Tokens are still what most phones have.
  void send(List<String> addresses) {
    for (int from = 0; from < addresses.size(); from += BATCH) {
      List<Message> batch = new ArrayList<>();
      for (String address : addresses.subList(from, Math.min(addresses.size(), from + BATCH))) {
        batch.add(
            Message.builder()
                .setToken(address)
                .setNotification(Notification.builder().setTitle("T").setBody("B").build())
                .putData("noticeId", "ntc_1")
                .setAndroidConfig(
                    AndroidConfig.builder().setCollapseKey("ntc_1").setTtl(HOUR_MILLIS).build())
                .build());
      }
      try {
        BatchResponse answers = messaging.sendEach(batch);
        if (answers.getFailureCount() > 0) {
          throw new IllegalStateException("not all were accepted");
        }
      } catch (FirebaseMessagingException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  private static final class NoCredentials extends GoogleCredentials {
    private static final long serialVersionUID = 1L;

    @Override
    public AccessToken refreshAccessToken() {
      return new AccessToken("t1", new Date(System.currentTimeMillis() + HOUR_MILLIS));
    }
  }
}
