package io.towncrier.delivery.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.DeliveryResult.Accepted;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.recall.Recall;
import io.towncrier.delivery.recall.RecallOutcome;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.ChallengePusher.Challenge;
import io.towncrier.platform.Secrets;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.preferences.Category;
import io.towncrier.testing.Configs;
import io.towncrier.testing.LoopbackFcm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is rendered once must be what firebase-admin would send. */
class MessageBytesTest {
  private static final LoopbackFcm FCM = new LoopbackFcm();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-05-01T12:00:00.7Z"));
  private static FirebaseProvider reference;

  private final MessageBytes bytes = new MessageBytes(Pushes.KEYS, CLOCK);

  @BeforeAll
  static void start() {
    reference =
        new FirebaseProvider(
            Configs.of(FcmConfig.class, FCM.start()),
            Configs.of(DeliveryConfig.class, Map.of()),
            Pushes.KEYS,
            Secrets.PLAIN,
            CLOCK);
  }

  @AfterAll
  static void stop() {
    reference.close();
    FCM.stop();
  }

  static Stream<PushMessage> messages() {
    List<String> texts =
        List.of(
            "plain", "\"quoted\" \\ / \b\f\n\r\t\u0000\u001f\u007f", "Grüße 😀 \u2028 <&>'", "");
    Stream<PushMessage> shown =
        texts.stream()
            .flatMap(
                text ->
                    Stream.of(Duration.ofMillis(900), Duration.ofMinutes(90), Duration.ofDays(30))
                        .flatMap(
                            ttl ->
                                Stream.of(PushAddress.Kind.values())
                                    .map(
                                        kind ->
                                            new PushMessage(
                                                "ntc_1",
                                                Pushes.DEVICE,
                                                Pushes.address(text + Pushes.someAddress(), kind),
                                                Pushes.text(text, text + text),
                                                ttl,
                                                kind == PushAddress.Kind.FID,
                                                Pushes.about(
                                                    kind == PushAddress.Kind.FID
                                                        ? Category.SECURITY
                                                        : Category.APP_UPDATE),
                                                PushMessage.Attempt.FIRST))));
    return shown.flatMap(message -> Stream.of(message, Pushes.byApp(message)));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aNoticeIsWhatFirebaseAdminSends(PushMessage message) {
    assertThat(reference.send(message, lease()).await().indefinitely())
        .isInstanceOf(Accepted.class);
    JsonNode first = json(bytes.notice(message).toString());
    assertThat(first.size()).isEqualTo(1);
    List<LoopbackFcm.Arrival> arrived = FCM.to(addressOf(message));
    assertThat(first.path("message")).isEqualTo(arrived.get(arrived.size() - 1).message());
    assertThat(json(bytes.notice(message).toString())).isEqualTo(first);
  }

  @Test
  void aChallengeIsWhatFirebaseAdminSends() {
    String address = Pushes.someAddress();
    Challenge challenge = SenderContract.challenge(address);
    assertThat(reference.challenge(challenge, lease()).await().indefinitely())
        .isInstanceOf(Accepted.class);
    assertThat(json(bytes.challenge(challenge).toString()).path("message"))
        .isEqualTo(FCM.challengeMessagesTo(address).get(0));
  }

  @Test
  void aRecallIsWhatFirebaseAdminSends() {
    String address = "\"é\\ " + Pushes.someAddress();
    PushAddress to = Pushes.address(address, PushAddress.Kind.TOKEN);
    List<Recall.Held> pushes =
        Stream.of("ntc_1", "ntc_2")
            .map(n -> new Recall.Held(n, "fcm", Optional.empty(), true, Duration.ofMinutes(90)))
            .toList();
    for (Category category : Category.values()) {
      Recall recall =
          new Recall(
              Pushes.DEVICE, category, Optional.of(to), true, pushes, Set.of(Category.POLICY));
      assertThat(reference.recall(recall, lease()).await().indefinitely())
          .isEqualTo(new RecallOutcome.Unknown());
      List<LoopbackFcm.Arrival> arrived = FCM.recallsTo(address);
      assertThat(json(bytes.recall(recall, to).toString()).path("message"))
          .isEqualTo(arrived.get(arrived.size() - 1).message());
    }
  }

  @Test
  void messagesThatDifferInMoreThanTheirAddressDoNotShareTheirBytes() {
    PushMessage one = Pushes.to("a");
    List<PushMessage> others =
        List.of(
            Pushes.to("b"),
            varied(one, "ntc_2", one.text(), one.ttl(), false, one.handling()),
            varied(one, "ntc_1", one.text(), one.ttl(), true, one.handling()),
            varied(one, "ntc_1", one.text(), Duration.ofHours(2), false, one.handling()),
            varied(one, "ntc_1", Pushes.text("x", "y"), one.ttl(), false, one.handling()),
            varied(one, "ntc_1", one.text(), one.ttl(), false, Pushes.about(Category.POLICY)),
            varied(
                one,
                "ntc_1",
                one.text(),
                one.ttl(),
                false,
                new PushMessage.Handling(
                    one.handling().category(), Pushes.EXPIRES.minusSeconds(1), false)),
            Pushes.byApp(one));
    List<String> all =
        Stream.concat(Stream.of(one), others.stream())
            .map(message -> bytes.notice(message).toString())
            .toList();
    assertThat(all).doesNotHaveDuplicates();
  }

  private static PushMessage varied(
      PushMessage of,
      String notice,
      LocalizedText.Picked text,
      Duration ttl,
      boolean urgent,
      PushMessage.Handling handling) {
    return new PushMessage(
        notice, of.deviceId(), of.address(), text, ttl, urgent, handling, of.attempt());
  }

  private static Lease lease() {
    return SenderContract.lease();
  }

  private static String addressOf(PushMessage message) {
    PushAddress address = message.address();
    return new ReadableVault().open(address.sealed(), address.place()).reveal();
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }
}
