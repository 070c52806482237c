package io.towncrier.delivery.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.DeliveryResult.Accepted;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.PushMessage;
import io.towncrier.devices.ChallengePusher.Challenge;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.Secrets;
import io.towncrier.testing.Configs;
import io.towncrier.testing.LoopbackFcm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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

  private final MessageBytes bytes = new MessageBytes(new ReadableVault(), CLOCK);

  @BeforeAll
  static void start() {
    reference =
        new FirebaseProvider(
            Configs.of(FcmConfig.class, FCM.start()),
            Configs.of(DeliveryConfig.class, Map.of()),
            new ReadableVault(),
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
    return texts.stream()
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
                                            kind == PushAddress.Kind.FID))));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aNoticeIsWhatFirebaseAdminSends(PushMessage message) {
    assertThat(reference.send(message, lease()).await().indefinitely())
        .isInstanceOf(Accepted.class);
    JsonNode first = json(bytes.notice(message).toString());
    assertThat(first.size()).isEqualTo(1);
    assertThat(first.path("message")).isEqualTo(FCM.to(addressOf(message)).get(0).message());
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
  void messagesThatDifferInMoreThanTheirAddressDoNotShareTheirBytes() {
    PushMessage one = Pushes.to("a");
    List<PushMessage> others =
        List.of(
            Pushes.to("b"),
            new PushMessage("ntc_2", one.deviceId(), one.address(), one.text(), one.ttl(), false),
            new PushMessage("ntc_1", one.deviceId(), one.address(), one.text(), one.ttl(), true),
            new PushMessage(
                "ntc_1", one.deviceId(), one.address(), one.text(), Duration.ofHours(2), false),
            new PushMessage(
                "ntc_1", one.deviceId(), one.address(), Pushes.text("x", "y"), one.ttl(), false));
    List<String> all =
        Stream.concat(Stream.of(one), others.stream())
            .map(message -> bytes.notice(message).toString())
            .toList();
    assertThat(all).doesNotHaveDuplicates();
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
