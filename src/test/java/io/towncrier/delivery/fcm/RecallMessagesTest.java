package io.towncrier.delivery.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.recall.Recall;
import io.towncrier.devices.PushAddress;
import io.towncrier.preferences.Category;
import io.towncrier.testing.FcmHolds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a recall says to FCM and to the phone, and what it costs of what FCM holds. */
class RecallMessagesTest {
  private static final int ORDERS = 2_000;
  private static final PushAddress TO = Pushes.address("token-1", PushAddress.Kind.TOKEN);

  // By another program, of the key of the device under keys of zeros.
  private static final String MAC = "1.1.sRzHiEboryfXXmbIuSpALw";

  private final MessageBytes bytes =
      new MessageBytes(Pushes.KEYS, InstantSource.fixed(SenderContract.NOW));

  @Test
  void aRecallOfOneNoticeIsDataThatNobodyHoldsAKeyFor() {
    assertThat(recall(Category.ANNOUNCEMENT, true, Set.of(), "ntc_news", "ntc_sec"))
        .isEqualTo(
            MessageBytesTest.json(
                """
                {"token":"token-1",
                 "data":{"kind":"recall","noticeId":"ntc_news ntc_sec","mac":"%s"},
                 "android":{"priority":"normal","ttl":"3600s"},
                 "apns":{"headers":{"apns-expiration":"0","apns-push-type":"background",
                                    "apns-priority":"5"},
                         "payload":{"aps":{"content-available":1}}}}
                """
                    .formatted(MAC)));
  }

  @Test
  void itIsWhatTheKitObeys() throws IOException {
    String table = Files.readString(Path.of("clients/vectors/phone.json"));
    JsonNode recalled = recall(Category.POLICY, true, Set.of(), "ntc_news", "ntc_sec").path("data");
    JsonNode withoutMac = ((ObjectNode) recalled).without("mac");
    assertThat(withoutMac).isEqualTo(MessageBytesTest.json(table).at("/messages/recallTwo"));
  }

  @Test
  void appleHoldsItWhereNothingElseIsToBeShown() {
    Set<Category> all = EnumSet.allOf(Category.class);
    JsonNode headers = recall(Category.POLICY, true, all, "ntc_1").at("/apns/headers");
    assertThat(headers.path("apns-expiration").asLong())
        .isEqualTo(SenderContract.NOW.plusSeconds(3600).getEpochSecond());
  }

  @Test
  void aRecallTakesAKeyOnlyWhereAllThatItMayHoldIsToBeLost() {
    Set<Category> firmware = Set.of(Category.FIRMWARE_UPDATE);
    Set<Category> updates = Set.of(Category.FIRMWARE_UPDATE, Category.APP_UPDATE);
    assertThat(key(Category.FIRMWARE_UPDATE, true, firmware)).isEqualTo("firmware-update");
    assertThat(key(Category.FIRMWARE_UPDATE, false, firmware)).as("of apps as well").isEmpty();
    assertThat(key(Category.FIRMWARE_UPDATE, false, updates)).isEqualTo("update");
    assertThat(key(Category.SECURITY, true, EnumSet.allOf(Category.class))).isEmpty();
    assertThat(key(Category.SECURITY, false, Set.of(Category.SECURITY))).isEqualTo("security");
  }

  @Test
  void aRecallNeverCostsANoticeThatIsStillWanted() {
    for (int order = 0; order < ORDERS; order++) {
      Random random = new Random(order);
      boolean byApp = random.nextBoolean();
      Set<Category> silent =
          Arrays.stream(Category.values())
              .filter(category -> random.nextInt(3) == 0)
              .collect(Collectors.toUnmodifiableSet());
      List<JsonNode> sent = new ArrayList<>();
      for (Category category : Category.values()) {
        sent.add(notice(category, byApp));
      }
      Collections.shuffle(sent, random);
      List<JsonNode> before = FcmHolds.of(sent, random);
      Category one = Category.values()[random.nextInt(Category.values().length)];
      sent.add(recall(one, byApp, silent, "ntc_" + one.code()));
      List<JsonNode> after = FcmHolds.of(sent, random);
      assertThat(after)
          .as("%s, silent: %s, by the app: %s", one, silent, byApp)
          .containsAll(before.stream().filter(held -> !silent.contains(category(held))).toList());
    }
  }

  @Test
  void whatAnOptOutForbidsIsNotHeldAnyMore() {
    Set<Category> silent = Set.of(Category.ANNOUNCEMENT);
    for (boolean byApp : new boolean[] {true, false}) {
      JsonNode news = notice(Category.ANNOUNCEMENT, byApp);
      List<JsonNode> sent =
          List.of(
              news,
              notice(Category.SECURITY, byApp),
              recall(Category.ANNOUNCEMENT, byApp, silent, "ntc_1"));
      assertThat(FcmHolds.of(sent, new Random(1))).hasSize(2).doesNotContain(news);
    }
  }

  private String key(Category category, boolean byApp, Set<Category> silent) {
    return recall(category, byApp, silent, "ntc_1").at("/android/collapse_key").asText();
  }

  private JsonNode recall(
      Category category, boolean byApp, Set<Category> silent, String... notices) {
    List<Recall.Held> pushes =
        Arrays.stream(notices)
            .map(
                notice ->
                    new Recall.Held(notice, "fcm", Optional.empty(), true, Duration.ofHours(1)))
            .toList();
    Recall recall = new Recall(Pushes.DEVICE, category, Optional.of(TO), byApp, pushes, silent);
    return MessageBytesTest.json(bytes.recall(recall, TO).toString()).path("message");
  }

  private JsonNode notice(Category category, boolean byApp) {
    PushMessage notice = Pushes.notice("token-1", "ntc_" + category.code(), category);
    String json = bytes.notice(byApp ? Pushes.byApp(notice) : notice).toString();
    return MessageBytesTest.json(json).path("message");
  }

  private static Category category(JsonNode message) {
    return Category.parse(message.at("/data/category").asText()).orElseThrow();
  }
}
