package io.towncrier.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.attacks.Target.Answer;
import io.towncrier.attacks.Target.Phone;
import io.towncrier.testing.Api;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.TestPostgres;
import io.towncrier.testing.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What somebody with devices of their own can do to others. Run by bench/attacks. */
@Tag("bench")
class DeviceAttacksBench {
  private static final int PHONES = 100;
  private static final Map<String, String> NOBODY = Map.of();

  private static final LoopbackFcm FCM = new LoopbackFcm();
  private static Target target;

  @BeforeAll
  static void start() throws Exception {
    FCM.start();
    target = attacked(Map.of("TOWNCRIER_DELIVERY_QUOTA_PER_MINUTE", "12000"));
  }

  @AfterAll
  static void stop() throws Exception {
    target.close();
    FCM.stop();
  }

  @AfterEach
  void acceptAgain() {
    FCM.behaveToChallenges(arrival -> LoopbackFcm.Answer.accepted());
  }

  private static Target attacked(Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("TOWNCRIER_FCM_CREDENTIALS", FCM.credentials().toString());
    settings.put("TOWNCRIER_FCM_ENDPOINT", FCM.endpoint());
    settings.put("TOWNCRIER_DEVICES_REGISTRATION_BURST", "100000");
    return Target.start(settings);
  }

  @Test
  void attack03APhoneIsNotBombedWithChallenges() throws Exception {
    for (int device = 0; device < 4; device++) {
      Phone phone = target.register(NOBODY, "");
      for (int i = 0; i < 20; i++) {
        target.propose(phone, "tok-of-somebody");
      }
    }
    assertThat(FCM.challengesTo("tok-of-somebody").size()).as("challenges of 80").isLessThan(13);
  }

  @Test
  void attack03AnswersToChallengesDoNotSlowThePushesOfAll() throws Exception {
    List<String> fleet = new ArrayList<>();
    for (int i = 0; i < PHONES; i++) {
      fleet.add("tok-fleet-" + i);
      prove(target.register(NOBODY, ""), "tok-fleet-" + i);
    }
    FCM.behaveToChallenges(
        arrival -> LoopbackFcm.Answer.error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED"));
    for (int i = 0; i < 8; i++) {
      target.propose(target.register(NOBODY, ""), "tok-attacker-" + i);
      Thread.sleep(2_100);
    }
    long from = System.nanoTime();
    announce();
    while (told(fleet) < PHONES && System.nanoTime() - from < Duration.ofSeconds(25).toNanos()) {
      Thread.sleep(100);
    }
    assertThat(told(fleet)).as("told within 25 s of " + PHONES).isEqualTo(PHONES);
  }

  private long told(List<String> fleet) {
    return fleet.stream().filter(address -> !FCM.to(address).isEmpty()).count();
  }

  private void announce() throws InterruptedException {
    Map<String, String> operator = Target.bearer(TestPostgres.OPERATOR_TOKEN);
    Answer draft =
        target.post(
            "/v1/admin/notices",
            operator,
            """
            {"kind":"announcement","defaultLanguage":"en",
             "texts":{"en":{"title":"T","body":"B"}},
             "audience":{"products":["router-app-android"]}}
            """);
    assertThat(draft.status()).as(draft.text()).isEqualTo(201);
    String start = "/v1/admin/notices/" + draft.body().path("id").asText() + "/start";
    assertThat(target.post(start, operator, "{}").status()).isEqualTo(200);
  }

  private void prove(Phone phone, String address) throws InterruptedException {
    assertThat(target.propose(phone, address).status()).isEqualTo(202);
    List<String> pushed = FCM.challengesTo(address);
    Answer confirmed =
        target.post(
            phone.path("/push-address/confirm"),
            phone.credential(),
            "{\"challenge\":\"%s\"}".formatted(pushed.get(pushed.size() - 1)));
    assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(204);
  }

  @Test
  void attack07AnIdentifierOffALabelSilencesNobody() throws Exception {
    String identifier = ",\"identifier\":\"AA:BB:CC:DD:EE:01\"";
    Phone victim = target.register(NOBODY, identifier);
    prove(victim, "tok-victim");
    Phone attacker = target.register(NOBODY, identifier);
    prove(attacker, "tok-attacker");
    Answer shown = target.get(victim.path(""), victim.credential());
    assertThat(shown.body().path("pushAddress").asBoolean()).as("the victim's address").isTrue();
  }

  @Test
  void attack11OneDeviceDoesNotFillTheHistory() throws Exception {
    Phone phone = target.register(NOBODY, "");
    int changed = 0;
    for (int i = 0; i < 300; i++) {
      changed += alerts(phone, "{\"push\":%s}".formatted(i % 2 == 1)).status() == 200 ? 1 : 0;
    }
    assertThat(changed).as("changes that were answered with 200").isPositive();
    int rows = history(phone);
    // Each is a row; an opt-out beyond the limit may be one more.
    assertThat(rows).as("rows of the history after 300 changes").isBetween(1, 99);
    for (int i = 0; i < 20; i++) {
      assertThat(alerts(phone, "{\"push\":false}").status()).as("an opt-out again").isEqualTo(200);
    }
    assertThat(history(phone)).as("rows after 20 repetitions").isLessThan(rows + 2);
  }

  private Answer alerts(Phone phone, String body) throws Exception {
    return target.put(phone.path("/notification-alerts"), phone.credential(), body);
  }

  /** All of its pages. */
  private int history(Phone phone) throws Exception {
    int rows = 0;
    String after = "";
    do {
      Answer page =
          target.get(
              phone.path("/notification-alerts/history?limit=100" + after), phone.credential());
      assertThat(page.status()).isEqualTo(200);
      rows += page.body().path("items").size();
      String next = page.body().path("next").asText("");
      after = next.isEmpty() ? "" : "&after=" + next;
    } while (!after.isEmpty());
    return rows;
  }

  @Test
  void attack05ATokenWithTheGroupDeviceIsNoDevice() throws Exception {
    try (Target withOidc =
        attacked(
            Map.of(
                "QUARKUS_OIDC_PUBLIC_KEY", Tokens.publicKey(),
                "QUARKUS_OIDC_TOKEN_ISSUER", Tokens.ISSUER,
                "QUARKUS_OIDC_TOKEN_AUDIENCE", Tokens.AUDIENCE))) {
      // With OIDC the local token counts for nothing.
      withOidc.post(
          "/v1/admin/catalogue", Target.bearer(Tokens.operator("boss")), Api.sampleCatalogue());
      isNoDevice(withOidc);
    }
  }

  private static void isNoDevice(Target withOidc) throws InterruptedException {
    Phone victim = withOidc.register(NOBODY, "");
    String token =
        Tokens.signed(
            Tokens.claims("stranger").groups(Set.of("device")).claim("amr", List.of("pwd", "otp")));
    for (String path :
        List.of(
            "/v1/devices/" + victim.id(),
            "/v1/devices;x=1/" + victim.id(),
            "/v1;x/devices/" + victim.id(),
            "/v1/devices/;/" + victim.id(),
            "/v1/devices;x=1/" + victim.id() + "/notification-alerts")) {
      Answer answer = withOidc.get(path, Target.bearer(token));
      assertThat(answer.status()).as(path).isBetween(400, 404);
    }
    assertThat(withOidc.get(victim.path(""), victim.credential()).status()).isEqualTo(200);
  }
}
