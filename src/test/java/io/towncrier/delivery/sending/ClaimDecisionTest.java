package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushContent;
import io.towncrier.delivery.PushHour;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.StillWanted.Answer;
import io.towncrier.devices.Device;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.PushTarget;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.preferences.QuietHours;
import io.towncrier.preferences.Suppression;
import io.towncrier.privacy.Sealed;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimDecisionTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  private static final DeliveryConfig.Ttl TTL = new Hours();

  private Category category = Category.ANNOUNCEMENT;
  private Instant expiresAt = NOW.plus(Duration.ofDays(1));
  private Optional<PushContent.Release> release = Optional.empty();
  private Optional<PushHour> hour = Optional.empty();
  private Optional<QuietHours> quiet = Optional.empty();
  private String zone = "UTC";
  private Optional<CountryCode> country = Optional.of(new CountryCode("CH"));
  private Answer answer = new Answer.Wanted();
  private boolean kit;
  private List<PushAddress> further = List.of();
  private List<String> passed = List.of();
  private Pace.SendPermit.Go turn = new Pace.SendPermit.Go(10, false, Set.of(), Set.of());
  private Route route = Routes.of("fcm", Set.of("fcm"), Set.of("fcm"));

  @Test
  void whatHasExpiredIsSentToNobody() {
    expiresAt = NOW;
    assertSuppressed(Suppression.EXPIRED);
    expiresAt = NOW.plusMillis(1);
    assertThat(sent().expiresAt()).isEqualTo(expiresAt);
  }

  @Test
  void thePhoneIsGivenWhatItDecidesBy() {
    category = Category.POLICY;
    assertThat(sent().message().handling())
        .isEqualTo(new PushMessage.Handling(Category.POLICY, NOW.plus(Duration.ofHours(4)), false));
    expiresAt = NOW.plusMillis(59_900);
    kit = true;
    assertThat(sent().message().handling())
        .isEqualTo(new PushMessage.Handling(Category.POLICY, NOW.plusSeconds(59), true));
  }

  @ParameterizedTest
  @CsvSource({"FIRMWARE_UPDATE, 1", "APP_UPDATE, 2", "SECURITY, 3", "POLICY, 4", "ANNOUNCEMENT, 5"})
  void theProviderHoldsItForAsLongAsItsCategoryMay(Category of, long hours) {
    category = of;
    assertThat(sent().message().ttl()).isEqualTo(Duration.ofHours(hours));
  }

  @Test
  void theProviderHoldsNothingBeyondTheExpiry() {
    expiresAt = NOW.plus(Duration.ofMinutes(90)).plusSeconds(30);
    assertThat(sent().message().ttl()).isEqualTo(Duration.ofMinutes(90));
    expiresAt = NOW.plusSeconds(59);
    assertThat(sent().message().ttl()).isEqualTo(Duration.ofSeconds(59));
    expiresAt = NOW.plusMillis(10);
    assertThat(sent().message().ttl()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void fromWhomTheReleaseIsHeldBackWaitsAndWhomItIsNotForDoesNot() {
    release = Optional.of(new PushContent.Release("app", "2.0"));
    assertThat(decided().toSend()).isPresent();
    answer = new Answer.HeldBack();
    assertWaits("release-held-back", NOW.plus(Duration.ofMinutes(5)));
    answer = new Answer.Unwanted(Suppression.WITHDRAWN);
    assertSuppressed(Suppression.WITHDRAWN);
    answer = new Answer.HeldBack();
    expiresAt = NOW;
    assertSuppressed(Suppression.EXPIRED);
  }

  @Test
  void whatAnotherProviderReachesIsLeftToItAndWhatNobodyReachesWaits() {
    route = Routes.of("getui", Set.of("fcm", "getui"), Set.of("fcm", "getui"));
    assertThat(decided().row().state()).isEqualTo(Outbox.State.PENDING);
    assertThat(decided().row().dueAt()).contains(NOW);
    assertThat(decided().row().provider()).contains("fcm");
    route = Routes.of("getui", Set.of("getui"), Set.of("fcm", "getui"));
    assertWaits("no-credentials", NOW.plus(Duration.ofMinutes(5)));
    route = Routes.of("fcm", Set.of("fcm", "getui"), Set.of("fcm", "getui"));
    assertThat(sent().message().address().provider()).isEqualTo("fcm");
  }

  @Test
  void aDeliveryGoesToTheFirstAddressThatItHasNotGonePast() {
    Set<String> both = Set.of("fcm", "getui");
    further = List.of(PushAddress.stored("dev", "getui", "CID", new byte[] {2}));
    route = Routes.of("fcm", both, both);
    assertThat(sent().message().address().provider()).isEqualTo("fcm");
    assertThat(sent().turn().next()).containsExactly("getui");
    passed = List.of("fcm");
    assertThat(decided().toSend()).isEmpty();
    assertThat(decided().row().provider()).contains("getui");
    assertThat(decided().row().dueAt()).contains(NOW);
    route = Routes.of("getui", both, both);
    assertThat(sent().message().address().provider()).isEqualTo("getui");
    passed = List.of();
    assertThat(decided().row().provider()).contains("fcm");
    // Nobody here sends to the first.
    route = Routes.of("getui", Set.of("getui"), both);
    assertThat(sent().message().address().provider()).isEqualTo("getui");
  }

  @Test
  void aPlatformThatIsRefusedIsNotWaitedForWhereThereIsAnotherAddress() {
    Set<String> both = Set.of("fcm", "getui");
    route = Routes.of("fcm", both, both);
    turn = new Pace.SendPermit.Go(10, false, Set.of("app"), Set.of());
    assertWaits("platform-refused", NOW.plus(Duration.ofMinutes(1)));
    further = List.of(PushAddress.stored("dev", "getui", "CID", new byte[] {2}));
    assertWaits("platform-refused", NOW);
    assertThat(decided().row().provider()).contains("getui");
    assertThat(decided().row().passed()).contains(List.of("fcm"));
    // Nor for the last one: the first may serve it again by then.
    route = Routes.of("getui", both, both);
    passed = List.of("fcm");
    assertWaits("platform-refused", NOW.plus(Duration.ofMinutes(1)));
    assertThat(decided().row().provider()).contains("fcm");
    assertThat(decided().row().passed()).contains(List.of("fcm", "getui"));
    route = Routes.of("fcm", both, both);
    passed = List.of("fcm", "getui");
    assertWaits("platform-refused", NOW);
    assertThat(decided().row().provider()).contains("getui");
    assertThat(decided().row().passed()).contains(List.of("fcm"));
  }

  @Test
  void anAddressThatMayNotBeUsedInThisCellIsAsGoodAsNone() {
    route = Routes.of("getui", Set.of("getui"), Set.of("getui"));
    assertSuppressed(Suppression.NO_PUSH_ADDRESS);
  }

  @Test
  void outsideOfItsHourItWaitsForTheNextOne() {
    hour = Optional.of(new PushHour(LocalTime.of(11, 0), Duration.ZERO));
    assertThat(decided().toSend()).isPresent();
    zone = "Europe/Berlin";
    assertWaits("local-hour", Instant.parse("2026-07-02T09:00:00Z"));
  }

  @Test
  void whoseNextHourComesTooLateWaitsForTheExpiry() {
    hour = Optional.of(new PushHour(LocalTime.of(8, 0), Duration.ZERO));
    expiresAt = NOW.plusSeconds(600);
    assertWaits("local-hour", expiresAt);
  }

  @Test
  void anHourInQuietHoursIsTheEndOfThem() {
    hour = Optional.of(new PushHour(LocalTime.of(8, 0), Duration.ZERO));
    quiet = Optional.of(new QuietHours(LocalTime.of(22, 0), LocalTime.of(12, 0)));
    assertThat(decided().toSend()).isPresent();
  }

  @Test
  void aZoneThatIsNotKnownMattersToItsHoursAlone() {
    zone = "Mars/Base";
    assertThat(decided().toSend()).isPresent();
    hour = Optional.of(new PushHour(LocalTime.of(11, 0), Duration.ZERO));
    // Its country has one clock.
    assertWaits("local-hour", Instant.parse("2026-07-02T09:00:00Z"));
    hour = Optional.empty();
    quiet = Optional.of(new QuietHours(LocalTime.of(9, 0), LocalTime.of(15, 30)));
    assertWaits("quiet-hours", Instant.parse("2026-07-01T13:30:00Z"));
    country = Optional.empty();
    assertSuppressed(Suppression.UNKNOWN_ZONE);
    quiet = Optional.empty();
    assertThat(decided().toSend()).isPresent();
  }

  private void assertSuppressed(Suppression reason) {
    assertThat(decided().toSend()).isEmpty();
    assertThat(decided().row().state()).isEqualTo(Outbox.State.SUPPRESSED);
    assertThat(decided().row().reason()).contains(reason.code());
  }

  private void assertWaits(String reason, Instant until) {
    assertThat(decided().toSend()).isEmpty();
    assertThat(decided().row().state()).isEqualTo(Outbox.State.PENDING);
    assertThat(decided().row().reason()).contains(reason);
    assertThat(decided().row().dueAt()).contains(until);
  }

  private Claims.ToSend sent() {
    return decided().toSend().orElseThrow();
  }

  private ClaimDecision.Decided decided() {
    PushContent content =
        new PushContent(
            "ntc",
            category,
            false,
            new LocalizedText(Map.of("en", new LocalizedText.Text("New", "All of it"))),
            new LanguageTag("en"),
            expiresAt,
            Optional.empty(),
            release,
            hour,
            Optional.empty());
    ClaimFacts.Facts facts =
        new ClaimFacts.Facts(
            Map.of("ntc", content),
            Map.of("dev", target()),
            Map.of("dev", new NotificationAlerts(true, Set.of(), quiet, 1)),
            (about, device) -> answer);
    return new ClaimDecision(route, facts, turn, TTL, NOW)
        .on(new Outbox.Due("ntc", "dev", 0, Optional.empty(), 0, passed));
  }

  private PushTarget target() {
    return new PushTarget(
        "dev",
        "app",
        "App",
        new Device.Facts(
            "1.0",
            country,
            Optional.of(zone),
            Optional.of(new LanguageTag("en")),
            "stable",
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            false),
        List.of(),
        Optional.of(
            new PushAddress(
                "fcm",
                PushAddress.Kind.TOKEN,
                new Sealed(new byte[] {1}),
                PushAddress.placeOf("dev"))),
        kit,
        further);
  }

  private static final class Hours implements DeliveryConfig.Ttl {
    @Override
    public Duration firmwareUpdate() {
      return Duration.ofHours(1);
    }

    @Override
    public Duration appUpdate() {
      return Duration.ofHours(2);
    }

    @Override
    public Duration security() {
      return Duration.ofHours(3);
    }

    @Override
    public Duration policy() {
      return Duration.ofHours(4);
    }

    @Override
    public Duration announcement() {
      return Duration.ofHours(5);
    }
  }
}
