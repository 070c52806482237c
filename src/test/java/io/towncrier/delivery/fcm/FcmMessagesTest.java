package io.towncrier.delivery.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.client.json.gson.GsonFactory;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.DeliveryResult.Accepted;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.PushMessage;
import io.towncrier.notices.text.TextRules;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Secrets;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.preferences.Category;
import io.towncrier.testing.Configs;
import io.towncrier.testing.LoopbackFcm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a message says to the phone; the sender sends the same bytes (MessageBytesTest). */
class FcmMessagesTest {
  private static final LoopbackFcm FCM = new LoopbackFcm();
  private static FirebaseProvider sender;

  @BeforeAll
  static void start() {
    sender =
        new FirebaseProvider(
            Configs.of(FcmConfig.class, FCM.start()),
            Configs.of(DeliveryConfig.class, Map.of()),
            Pushes.KEYS,
            Secrets.PLAIN,
            InstantSource.fixed(SenderContract.NOW));
  }

  @AfterAll
  static void stop() {
    sender.close();
    FCM.stop();
  }

  @Test
  void anAppWithTheKitGetsDataOnAndroidAndItsExtensionOnAppleTheText() {
    String address = Pushes.someAddress();
    PushMessage message = Pushes.byApp(Pushes.notice(address, "ntc_3", Category.SECURITY));
    assertThat(send(message)).isInstanceOf(Accepted.class);
    JsonNode arrived = FCM.to(address).get(0).message();
    assertThat(arrived)
        .isEqualTo(
            MessageBytesTest.json(
                """
                {"token":"%s",
                 "data":{"noticeId":"ntc_3","kind":"notice","category":"security",
                         "expires":"1777640400","link":"/notices/ntc_3",
                         "mac":"1.1.EXEQazN2AzII_6UQjVqBsA"},
                 "android":{"priority":"high","ttl":"3600s",
                            "data":{"noticeId":"ntc_3","kind":"notice","category":"security",
                                    "expires":"1777640400","link":"/notices/ntc_3",
                                    "mac":"1.1.EXEQazN2AzII_6UQjVqBsA",
                                    "title":"ntc_3","body":"Of security"}},
                 "apns":{"headers":{"apns-collapse-id":"ntc_3","apns-priority":"10",
                                    "apns-expiration":"%d"},
                         "payload":{"aps":{"alert":{"title":"ntc_3","body":"Of security"},
                                           "thread-id":"security","mutable-content":1,
                                           "interruption-level":"time-sensitive"}}}}
                """
                    .formatted(address, SenderContract.NOW.plusSeconds(3600).getEpochSecond())));
  }

  @Test
  void theLongestTextThatANoticeMayHaveFits() throws IOException {
    PushMessage some =
        Pushes.notice(Pushes.someAddress(), "ntc_" + "z".repeat(26), Category.POLICY);
    String body = "\u00fc".repeat(1_748);
    assertThat(TextRules.fitsAPush(new LocalizedText.Text("", body))).isTrue();
    assertThat(TextRules.fitsAPush(new LocalizedText.Text("", body + "\u00fc"))).isFalse();
    PushMessage longest =
        new PushMessage(
            some.notice(),
            some.deviceId(),
            some.address(),
            Pushes.text("", body),
            some.ttl(),
            true,
            Pushes.about(Category.FIRMWARE_UPDATE),
            some.attempt());
    assertThat(send(longest)).isInstanceOf(Accepted.class);
    assertThat(send(Pushes.byApp(longest))).isInstanceOf(Accepted.class);
    // While the keys are rotated, by versions as long as they can be.
    String two = "1." + Integer.MAX_VALUE + "." + "m".repeat(22);
    String json =
        GsonFactory.getDefaultInstance()
            .toString(
                FcmMessages.notice(
                    Pushes.byApp(longest), two + " " + two, new Secret("a"), SenderContract.NOW));
    JsonNode message = MessageBytesTest.json(json);
    assertThat(message.at("/android/data").toString().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(4096);
    assertThat(
            (message.path("data") + "" + message.at("/apns/payload"))
                .getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(4096);
  }

  private static DeliveryResult send(PushMessage message) {
    return sender.send(message, SenderContract.lease()).await().indefinitely();
  }
}
