package io.towncrier.delivery.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.FcmConfig;
import io.towncrier.devices.residency.ResidencyConfig;
import io.towncrier.platform.Secrets;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.processors.ErasesAtProcessor.Result;
import io.towncrier.privacy.processors.ToErase;
import io.towncrier.testing.Configs;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackFcm.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Installations are deleted at a Firebase that behaves as Google's library expects it. */
class EraseInstallationTest {
  private static final LoopbackFcm FCM = new LoopbackFcm();
  private static final String FID = "cQ4_-abcdefghijklmnopq";
  private static final String TOKEN = FID + ":APA91bHun4MxP5egoKMwt2KZFBaFUH-1RYqx";

  private static Map<String, String> settings;

  private Instant now = Instant.parse("2026-05-04T12:00:00Z");

  @BeforeAll
  static void start() {
    settings = FCM.start();
  }

  @AfterAll
  static void stop() {
    FCM.stop();
  }

  @BeforeEach
  void confirms() {
    FCM.installations().behaveAgain();
    FCM.behaveToTokenRequests(null);
  }

  @Test
  void theInstallationOfATokenAndOfAnIdIsDeleted() {
    int before = FCM.installations().deletions().size();
    assertThat(erase("TOKEN", TOKEN)).isEqualTo(new Result.Gone());
    assertThat(erase("FID", FID)).isEqualTo(new Result.Gone());
    assertThat(FCM.installations().deletions().subList(before, before + 2)).containsOnly(FID);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 404, 409})
  void whatIsGoneAlreadyIsConfirmed(int status) {
    FCM.installations().behave(id -> new Answer(status, "", Map.of()));
    assertThat(erase("TOKEN", TOKEN)).isEqualTo(new Result.Gone());
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 403, 429, 500, 503})
  void anyOtherAnswerIsTriedAgain(int status) {
    FCM.installations().behave(id -> Answer.html(status));
    assertThat(erase("TOKEN", TOKEN)).isEqualTo(new Result.Later("HTTP " + status));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "APA91bHun4MxP5egoKMwt2KZFBaFUH",
        ":APA91b",
        "short:APA91b",
        "../../../other/x:APA91b",
        "cQ4_-abcdefghijklmnopqX:APA91b",
        "cQ4_-abc/efghijklmnopq:APA91b"
      })
  void aTokenThatBeginsWithNoIdNamesNothingAndIsSentNowhere(String token) {
    int before = FCM.installations().deletions().size();
    assertThat(erase("TOKEN", token)).isEqualTo(new Result.NothingToName());
    assertThat(FCM.installations().deletions()).hasSize(before);
  }

  @Test
  void withoutCredentialsOrInACellThatMustNotCallItNothingIsSent() {
    int before = FCM.installations().deletions().size();
    Map<String, String> without = new HashMap<>(settings);
    without.remove("towncrier.fcm.credentials");
    assertThat(erase(without, Map.of(), "TOKEN", TOKEN))
        .isEqualTo(new Result.Later("not-configured"));
    assertThat(
            erase(settings, Map.of("towncrier.residency.push-providers", "none"), "TOKEN", TOKEN))
        .isEqualTo(new Result.Later("not-configured"));
    assertThat(FCM.installations().deletions()).hasSize(before);
  }

  @Test
  void aFirebaseThatDoesNotAnswerIsTriedAgain() {
    Map<String, String> away = new HashMap<>(settings);
    away.put("towncrier.fcm.installations", "http://127.0.0.1:1");
    assertThat(erase(away, Map.of(), "TOKEN", TOKEN)).isEqualTo(new Result.Later("UNREACHABLE"));
  }

  @Test
  void aTokenThatCannotBeFetchedIsAskedForOnceInTenSecondsAndIsNoTry() {
    EraseInstallation erasures = erasures(settings, Map.of(), () -> now);
    FCM.behaveToTokenRequests(Answer.html(503));
    int before = FCM.tokensFetched();
    for (int i = 0; i < 5; i++) {
      assertThat(erase(erasures, "TOKEN", TOKEN)).isEqualTo(new Result.NotAsked("no-token"));
    }
    assertThat(FCM.tokensFetched()).isEqualTo(before + 1);
    now = now.plusSeconds(10);
    assertThat(erase(erasures, "TOKEN", TOKEN)).isEqualTo(new Result.NotAsked("no-token"));
    assertThat(FCM.tokensFetched()).isEqualTo(before + 2);

    FCM.behaveToTokenRequests(null);
    now = now.plusSeconds(10);
    assertThat(erase(erasures, "TOKEN", TOKEN)).isEqualTo(new Result.Gone());
  }

  private static Result erase(String kind, String address) {
    return erase(settings, Map.of(), kind, address);
  }

  private static Result erase(
      Map<String, String> fcm, Map<String, String> residency, String kind, String address) {
    return erase(erasures(fcm, residency, InstantSource.system()), kind, address);
  }

  private static Result erase(EraseInstallation erasures, String kind, String address) {
    return erasures
        .erase(
            new ToErase(
                "per_1",
                "fcm",
                kind,
                "dev_1",
                new Sealed(address.getBytes(StandardCharsets.UTF_8)),
                1))
        .await()
        .atMost(Duration.ofSeconds(15));
  }

  private static EraseInstallation erasures(
      Map<String, String> fcm, Map<String, String> residency, InstantSource clock) {
    return new EraseInstallation(
        Configs.of(FcmConfig.class, fcm),
        new ReadableVault(),
        Secrets.PLAIN,
        Configs.of(ResidencyConfig.class, residency),
        clock);
  }
}
