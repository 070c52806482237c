package io.towncrier.delivery.getui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.phone.CanonicalForm;
import io.towncrier.delivery.recall.Recall;
import io.towncrier.devices.address.ChallengePusher.Challenge;
import io.towncrier.platform.Secret;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.preferences.Category;
import io.towncrier.testing.Configs;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GetuiMessagesTest {
  private static final String CID = "e605a0db5ce3cca9b76b012978064940";
  private static final PushMessage.Attempt FIRST = PushMessage.Attempt.FIRST;

  @Test
  void aTextIsCutBetweenCharactersAsPeopleSeeThem() {
    String flag = "\uD83C\uDDE9\uD83C\uDDEA";
    String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
    for (String one : List.of(flag, family, "e\u0301")) {
      String text = "ab" + one + "cd";
      for (int most = 3; most < 3 + one.length(); most++) {
        assertThat(GetuiMessages.cut(text, most)).isEqualTo("ab\u2026");
      }
      assertThat(GetuiMessages.cut(text, 3 + one.length())).isEqualTo("ab" + one + "\u2026");
      assertThat(GetuiMessages.cut(text, text.length())).isEqualTo(text);
    }
  }

  @Test
  void aNoticeIsShownByGetuiByTheMakerAndByApple() {
    JsonNode message = notice(messages(Map.of()), Cids.to(CID));
    assertThat(message.toString()).doesNotContain(Cids.DEVICE);
    assertThat(message.at("/settings/ttl").asLong()).isEqualTo(3_600_000);
    assertThat(message.at("/settings/strategy/default").asInt()).isEqualTo(1);
    assertThat(message.at("/settings/strategy/ios").asInt()).isEqualTo(4);
    assertThat(message.at("/audience/cid").toString()).isEqualTo("[\"" + CID + "\"]");
    JsonNode shown = message.at("/push_message/notification");
    assertThat(shown.path("title").asText()).isEqualTo("Firmware 2.0");
    assertThat(shown.path("payload").asText())
        .isEqualTo(
            "{\"noticeId\":\"ntc_1\",\"kind\":\"notice\",\"category\":\"firmware-update\","
                + "\"expires\":\"1777640400\",\"link\":\"/notices/ntc_1\","
                + "\"mac\":\"1.1.ZHbK8DONgvFuQHmj6mWPgA\"}");
    assertThat(shown.path("notify_id").asInt()).isEqualTo(Digests.notifyId("ntc_1")).isPositive();
    assertThat(message.at("/push_channel/android/ups/notification")).isEqualTo(shown);
    assertThat(message.at("/push_channel/ios/apns-collapse-id").asText()).isEqualTo("ntc_1");
    assertThat(message.at("/push_channel/ios/aps/alert/title").asText()).isEqualTo("Firmware 2.0");
  }

  @Test
  void makersAreToldOfEachCategoryWhatTheOperatorHasSet() {
    GetuiMessages messages =
        messages(
            Map.of(
                "towncrier.getui.important-options", "{\"XM\":{\"/extra.channel_id\":\"service\"}}",
                "towncrier.getui.marketing-options", "{\"XM\":{\"/extra.channel_id\":\"news\"}}"));
    for (Category category : Category.values()) {
      boolean marketing = category == Category.APP_UPDATE || category == Category.ANNOUNCEMENT;
      assertThat(
              notice(messages, Cids.to(CID, FIRST, category, Cids.text("T", "B")))
                  .at("/push_channel/android/ups/options/XM")
                  .toString())
          .as("%s", category)
          .isEqualTo("{\"/extra.channel_id\":\"" + (marketing ? "news" : "service") + "\"}");
    }
  }

  @Test
  void optionsThatAreNoneAreSaidAtOnce() {
    for (String bad : new String[] {"{", "7", "[]", "{\"XM\":7}"}) {
      assertThatThrownBy(() -> messages(Map.of("towncrier.getui.marketing-options", bad)))
          .hasMessageContaining("TOWNCRIER_GETUI_MARKETING_OPTIONS");
    }
  }

  @Test
  void aRepeatHasTheSameIdUnlessNothingWasSentOrItGoesElsewhere() {
    Set<String> ids = new HashSet<>();
    String first = id(CID, FIRST);
    assertThat(first).hasSize(32);
    assertThat(id(CID, new PushMessage.Attempt(3, 0))).as("a repeat").isEqualTo(first);
    ids.add(first);
    ids.add(id(CID, new PushMessage.Attempt(0, 1)));
    ids.add(id(Cids.some(), FIRST));
    assertThat(ids).hasSize(3);
  }

  @Test
  void aTextIsCutBetweenCharactersAndATtlToADay() {
    String title = "\ud83d\ude00".repeat(40);
    JsonNode message =
        notice(
            messages(Map.of()),
            new PushMessage(
                "ntc_1",
                Cids.DEVICE,
                Cids.address(CID),
                Cids.text(title, "b".repeat(300)),
                Duration.ofDays(9),
                true,
                Cids.about(Category.SECURITY),
                FIRST));
    String shown = message.at("/push_message/notification/title").asText();
    assertThat(shown).hasSizeLessThanOrEqualTo(50).endsWith("\ude00\u2026");
    assertThat(message.at("/push_message/notification/body").asText()).hasSize(256);
    assertThat(message.at("/settings/ttl").asLong()).isEqualTo(86_400_000);
  }

  @Test
  void aChallengeIsDataForTheAppByGetuiAlone() {
    JsonNode message =
        messages(Map.of())
            .challenge(
                new Challenge(
                    Cids.DEVICE, Cids.address(CID), new Secret("chl_1"), Duration.ofMinutes(5)),
                new Secret(CID));
    assertThat(message.at("/push_message/transmission").asText())
        .isEqualTo("{\"challenge\":\"chl_1\"}");
    assertThat(message.at("/settings/strategy/default").asInt()).isEqualTo(3);
    assertThat(message.at("/settings/ttl").asLong()).isEqualTo(300_000);
    assertThat(message.at("/push_channel/ios/aps/content-available").asInt()).isEqualTo(1);
    assertThat(message.at("/push_channel").has("android")).isFalse();
  }

  @Test
  void aRecallRevokesOneTaskByGetuiAloneAndNeverByForce() {
    Recall recall =
        new Recall(
            Cids.DEVICE,
            Category.SECURITY,
            Optional.of(Cids.address(CID)),
            false,
            List.of(
                new Recall.Held(
                    "ntc_1", "getui", Optional.of("RASS_1"), true, Duration.ofMinutes(5))),
            Set.of());
    JsonNode message = messages(Map.of()).recall(recall, "try-1", "RASS_1", new Secret(CID));
    assertThat(message.path("push_message").toString())
        .isEqualTo("{\"revoke\":{\"old_task_id\":\"RASS_1\",\"force\":false}}");
    assertThat(message.at("/settings/strategy/default").asInt()).isEqualTo(3);
    assertThat(message.at("/settings/ttl").asLong()).isEqualTo(300_000);
    assertThat(message.has("push_channel")).as("makers are told nothing").isFalse();
    assertThat(message.toString()).doesNotContain(Cids.DEVICE);
    assertThat(messages(Map.of()).recall(recall, "try-2", "RASS_1", new Secret(CID)))
        .as("a repeat is not dropped")
        .isNotEqualTo(message);
  }

  @Test
  void theMacIsOfTheTextThatIsShown() throws JsonProcessingException {
    String body = "b".repeat(300);
    PushMessage whole = Cids.to(CID, FIRST, Category.SECURITY, Cids.text("T", body));
    JsonNode shown = notice(messages(Map.of()), whole).at("/push_message/notification");
    ObjectNode data = (ObjectNode) new ObjectMapper().readTree(shown.path("payload").asText());
    byte[] form =
        CanonicalForm.of(
            whole.data(),
            new LocalizedText.Text(shown.path("title").asText(), shown.path("body").asText()));
    assertThat(data.path("mac").asText()).isEqualTo(Cids.KEYS.mac(Cids.DEVICE, form));
    assertThat(shown.path("payload").asText()).hasSizeLessThan(3072);
    PushMessage other = Cids.to(CID, FIRST, Category.SECURITY, Cids.text("T", "c" + body));
    assertThat(notice(messages(Map.of()), other).toString())
        .doesNotContain(data.path("mac").asText());
  }

  private static JsonNode notice(GetuiMessages messages, PushMessage message) {
    return messages.notice(
        message, form -> Cids.KEYS.mac(message.deviceId(), form), new Secret(CID));
  }

  private static String id(String cid, PushMessage.Attempt attempt) {
    return GetuiMessages.requestId(
        Cids.to(cid, attempt, Category.SECURITY, Cids.text("T", "B")), new Secret(cid));
  }

  private static GetuiMessages messages(Map<String, String> settings) {
    return new GetuiMessages(Configs.of(GetuiConfig.class, settings));
  }
}
