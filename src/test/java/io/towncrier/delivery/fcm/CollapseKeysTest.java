package io.towncrier.delivery.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.PushMessage;
import io.towncrier.platform.Secrets;
import io.towncrier.preferences.Category;
import io.towncrier.testing.Configs;
import io.towncrier.testing.FcmHolds;
import io.towncrier.testing.LoopbackFcm;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a phone that was away for hours gets of what was sent meanwhile, in 2,000 orders. */
class CollapseKeysTest {
  private static final int ORDERS = 2_000;
  private static final int OF_EACH = 2;
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
  void theNewestOfEachKeyReachesAPhoneThatWasAway() {
    assertThat(ordersThatLose(sent(), as -> {}, CollapseKeysTest::newestOfKeyIsMissing)).isZero();
  }

  @Test
  void noOtherNoticeCostsASecurityNotice() {
    assertThat(ordersThatLose(sent(), as -> {}, CollapseKeysTest::newestSecurityIsMissing))
        .isZero();
  }

  @Test
  void ofAnAppWithTheKitNoSecurityNoticeIsLostAtAll() {
    List<JsonNode> sent = sent(Pushes::byApp);
    BiPredicate<List<JsonNode>, List<JsonNode>> oneIsMissing =
        (all, held) ->
            all.stream()
                .filter(one -> List.of("security", "policy").contains(category(one)))
                .anyMatch(one -> !held.contains(one));
    assertThat(ordersThatLose(sent, as -> {}, oneIsMissing)).isZero();
    assertThat(ordersThatLose(sent, as -> {}, CollapseKeysTest::newestOfKeyIsMissing)).isZero();
    Consumer<ObjectNode> former =
        as -> android(as).put("collapse_key", as.at("/data/noticeId").asText());
    assertThat(ordersThatLose(sent, former, oneIsMissing)).isGreaterThan(ORDERS / 10);
  }

  @Test
  void theNoticeAsItsKeyWouldLoseSecurityNotices() {
    Consumer<ObjectNode> former =
        as -> android(as).put("collapse_key", as.at("/data/noticeId").asText());
    assertThat(ordersThatLose(sent(), former, CollapseKeysTest::newestSecurityIsMissing))
        .isGreaterThan(ORDERS / 10);
  }

  @Test
  void withoutAKeyAPolicyNoticeWouldTakeItsPlace() {
    Consumer<ObjectNode> without =
        as -> {
          if (List.of("security", "policy").contains(category(as))) {
            android(as).remove("collapse_key");
          }
        };
    assertThat(ordersThatLose(sent(), without, CollapseKeysTest::newestSecurityIsMissing))
        .isGreaterThan(ORDERS / 10);
  }

  private static long ordersThatLose(
      List<JsonNode> sent,
      Consumer<ObjectNode> change,
      BiPredicate<List<JsonNode>, List<JsonNode>> isLost) {
    List<JsonNode> changed =
        sent.stream()
            .map(
                message -> {
                  ObjectNode copy = message.deepCopy();
                  change.accept(copy);
                  return (JsonNode) copy;
                })
            .toList();
    long lost = 0;
    for (int order = 0; order < ORDERS; order++) {
      Random random = new Random(order);
      List<JsonNode> shuffled = new ArrayList<>(changed);
      Collections.shuffle(shuffled, random);
      lost += isLost.test(shuffled, FcmHolds.of(shuffled, random)) ? 1 : 0;
    }
    return lost;
  }

  private static boolean newestOfKeyIsMissing(List<JsonNode> sent, List<JsonNode> held) {
    return sent.stream()
        .map(CollapseKeysTest::key)
        .anyMatch(key -> !held.contains(last(sent, message -> key(message).equals(key))));
  }

  private static boolean newestSecurityIsMissing(List<JsonNode> sent, List<JsonNode> held) {
    return !held.contains(last(sent, message -> category(message).equals("security")));
  }

  private static JsonNode last(List<JsonNode> sent, Predicate<JsonNode> which) {
    return sent.stream().filter(which).reduce((former, next) -> next).orElseThrow();
  }

  private static String key(JsonNode message) {
    // What has none is held by itself.
    return message.at("/android/collapse_key").asText(message.path("data").toString());
  }

  private static String category(JsonNode message) {
    return message.at("/data/category").asText();
  }

  private static ObjectNode android(ObjectNode message) {
    return (ObjectNode) message.get("android");
  }

  /** Two notices of each category and two challenges, as they arrived at FCM. */
  private static List<JsonNode> sent() {
    return sent(notice -> notice);
  }

  private static List<JsonNode> sent(UnaryOperator<PushMessage> as) {
    String address = Pushes.someAddress();
    for (Category category : Category.values()) {
      for (int i = 0; i < OF_EACH; i++) {
        PushMessage notice = Pushes.notice(address, category.code() + "-" + i, category);
        sender.send(as.apply(notice), SenderContract.lease()).await().indefinitely();
      }
    }
    for (int i = 0; i < OF_EACH; i++) {
      sender
          .challenge(SenderContract.challenge(address), SenderContract.lease())
          .await()
          .indefinitely();
    }
    List<JsonNode> arrived =
        Stream.concat(
                FCM.to(address).stream().map(LoopbackFcm.Arrival::message),
                FCM.challengeMessagesTo(address).stream())
            .toList();
    assertThat(arrived).hasSize(OF_EACH * (Category.values().length + 1));
    return arrived;
  }
}
