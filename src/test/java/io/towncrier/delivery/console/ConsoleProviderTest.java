package io.towncrier.delivery.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.phone.PhoneKeys;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.ChallengePusher.Challenge;
import io.towncrier.platform.Secret;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.preferences.Category;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.TestKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

class ConsoleProviderTest {
  private static final String DEVICE = "dev_0123456789abcdefghjkmnpqrs";

  @Test
  void itPrintsAllThatAPhoneWouldGetAndMasksTheDevice() {
    List<String> lines = new ArrayList<>();
    DeliveryResult result = sendWithin(Duration.ofMinutes(1), lines);
    assertThat(result).isEqualTo(new DeliveryResult.Accepted("console"));
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .contains("ntc_1", "Hallo", "Welt", "\"category\":\"policy\"", "PT1H", "dev_0123...")
        .contains("\"expires\":\"1777636800\"", "\"link\":\"/notices/ntc_1\"")
        .contains("\"mac\":\"1.1.wz3YoZ8uLomvPQ2bO8uYYA\"")
        .doesNotContain(DEVICE);
  }

  @Test
  void itPrintsNothingWhenTheLeaseIsOver() {
    List<String> lines = new ArrayList<>();
    assertThat(sendWithin(Duration.ZERO, lines)).isEqualTo(new DeliveryResult.NotSent());
    assertThat(lines).isEmpty();
  }

  @Test
  void itPrintsAChallengeInFullForWhoeverPlaysThePhone() {
    List<String> lines = new ArrayList<>();
    assertThat(challengeWithin(Duration.ofMinutes(1), lines))
        .isEqualTo(new DeliveryResult.Accepted("console"));
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .contains("{\"challenge\":\"chl_42\",\"kind\":\"challenge\"}", "dev_0123...")
        .doesNotContain(DEVICE);
    assertThat(challengeWithin(Duration.ZERO, lines)).isEqualTo(new DeliveryResult.NotSent());
    assertThat(lines).hasSize(1);
  }

  private static DeliveryResult challengeWithin(Duration lease, List<String> lines) {
    return recording(
        lines,
        () ->
            provider()
                .challenge(
                    new Challenge(DEVICE, address(), new Secret("chl_42"), Duration.ofMinutes(5)),
                    Lease.startingNow(lease, InstantSource.system())));
  }

  private static DeliveryResult sendWithin(Duration lease, List<String> lines) {
    return recording(
        lines,
        () ->
            provider()
                .send(
                    new PushMessage(
                        "ntc_1",
                        DEVICE,
                        address(),
                        new LocalizedText.Picked("de", new LocalizedText.Text("Hallo", "Welt")),
                        Duration.ofHours(1),
                        false,
                        new PushMessage.Handling(
                            Category.POLICY, Instant.parse("2026-05-01T12:00:00Z"), false),
                        PushMessage.Attempt.FIRST),
                    Lease.startingNow(lease, InstantSource.system())));
  }

  private static ConsoleProvider provider() {
    return new ConsoleProvider(
        new PrintedPushes(), new PhoneKeys(TestKeys.vault(), TestKeys.messageKeys()));
  }

  private static PushAddress address() {
    return new PushAddress(
        "fcm", PushAddress.Kind.TOKEN, new Sealed(new byte[] {1}), PushAddress.placeOf(DEVICE));
  }

  private static DeliveryResult recording(List<String> lines, Supplier<Uni<DeliveryResult>> work) {
    Logger logger = Logger.getLogger("push");
    Handler handler = recordTo(lines);
    logger.addHandler(handler);
    try {
      return work.get().await().indefinitely();
    } finally {
      logger.removeHandler(handler);
    }
  }

  private static Handler recordTo(List<String> lines) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        lines.add(ExtLogRecord.wrap(line).getFormattedMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
