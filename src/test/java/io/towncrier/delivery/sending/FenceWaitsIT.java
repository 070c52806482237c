package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.devices.LinkAccount;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.ChangePushAddress;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.LoopbackFcm;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every change that forbids pushes waits for those that were claimed before it. */
@QuarkusTest
@TestProfile(ByHand.class)
@Tag("zoneless")
class FenceWaitsIT {
  @Inject RaceField field;
  @Inject Claims claims;
  @Inject Outbox outbox;
  @Inject ChangePushAddress addresses;
  @Inject LinkAccount link;
  @Inject DeliveryConfig config;

  private Api.Registered phone;
  private String address;
  private final Secret subject = new Secret(Ids.next("sub"));

  @BeforeEach
  void registerAPhone() {
    Api.importSample();
    phone = Api.phone("en");
    address = Ids.next("tok");
    phone.pushTo(address);
  }

  @ParameterizedTest
  @EnumSource(RaceField.Kind.class)
  void aChangeThatForbidsAPushIsAnsweredWhenThePushIsNoLongerBeingSent(RaceField.Kind kind)
      throws Exception {
    RaceField.Racer racer = field.register(1, List.of(kind)).get(0);
    waitsForTheClaim(racer, Uni.createFrom().item(() -> field.forbid(racer)));
  }

  @Test
  void aNewAddressWaits() throws Exception {
    waitsForTheClaim(racer(), set(phone, Ids.next("tok")));
  }

  @Test
  void anAddressThatAnotherDeviceTakesWaitsForTheOneThatLosesIt() throws Exception {
    waitsForTheClaim(racer(), set(Api.phone("en"), address));
  }

  @Test
  void theRemovalOfOneOfSeveralAddressesWaits() throws Exception {
    waitsForTheClaim(racer(), addresses.remove(phone.id(), "getui"));
    waitsForTheClaim(racer(), addresses.remove(phone.id(), "fcm"));
  }

  @Test
  void linkingToAnAccountWaits() throws Exception {
    waitsForTheClaim(racer(), link.link(phone.id(), new Secret(phone.secret()), subject));
  }

  @Test
  void unlinkingFromAnAccountWaits() throws Exception {
    link.link(phone.id(), new Secret(phone.secret()), subject)
        .await()
        .atMost(Duration.ofSeconds(10));
    waitsForTheClaim(racer(), link.unlink(phone.id(), new Secret(phone.secret()), subject));
  }

  @Test
  void aWorkerThatWasKilledDelaysTheAnswerByItsLeaseAndNoLonger() throws Exception {
    RaceField.Racer racer = field.register(1, List.of(RaceField.Kind.DEVICE_OFF)).get(0);
    claim(racer);
    long claimed = System.nanoTime();
    RaceField.Answer answer = field.forbid(racer);
    assertThat(Duration.ofNanos(answer.acknowledgedNanos() - claimed))
        .isBetween(config.lease().minusSeconds(1), config.lease().plusSeconds(1));
  }

  private void waitsForTheClaim(RaceField.Racer racer, Uni<?> change) throws Exception {
    Claims.Claim claim = claim(racer);
    CompletableFuture<?> answer =
        CompletableFuture.supplyAsync(() -> change.await().atMost(Duration.ofSeconds(30)));
    Await.unanswered(answer, () -> phone.as().get(phone.path("")));
    Outbox.Result sent =
        new Outbox.Result(
            claim.id(),
            claim.toSend().get(0).due(),
            Outbox.State.ACCEPTED,
            Optional.empty(),
            Optional.empty(),
            Optional.of("sent"),
            true);
    outbox.recordResults(List.of(sent)).await().atMost(Duration.ofSeconds(10));
    // Well before the lease would end the wait.
    answer.get(2, TimeUnit.SECONDS);
  }

  private Claims.Claim claim(RaceField.Racer racer) {
    List<String> notices = field.plan(List.of(racer), false);
    String notice = racer.kind().hasNoticeOfItsOwn() ? racer.own() : notices.get(0);
    Claims.Claim claim =
        claims
            .next(Routes.with(new AccountId("test", "1")), Optional.of(notice), Turns.of(1))
            .await()
            .atMost(Duration.ofSeconds(10));
    assertThat(claim.toSend()).hasSize(1);
    return claim;
  }

  private RaceField.Racer racer() {
    return new RaceField.Racer(
        phone.id(),
        Optional.empty(),
        address,
        RaceField.Kind.DEVICE_OFF,
        Ids.next("ntc"),
        PushAddress.Kind.TOKEN);
  }

  /** Asks for the address and proves it: with the proof it moves. */
  private Uni<?> set(Api.Registered device, String value) {
    return addresses
        .set(
            device.id(),
            new ChangePushAddress.Brought(
                "fcm", PushAddress.Kind.TOKEN, new Secret(value), true, Optional.empty()))
        .chain(() -> addresses.confirm(device.id(), new Secret(challengeTo(value))));
  }

  private static String challengeTo(String address) {
    List<String> challenges = LoopbackFcm.running().challengesTo(address);
    return challenges.get(challenges.size() - 1);
  }
}
