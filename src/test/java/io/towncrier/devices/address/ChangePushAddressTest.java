package io.towncrier.devices.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.DeviceStore;
import io.towncrier.devices.DevicesConfig;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.SendFence;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.TestKeys;
import io.towncrier.privacy.Vault;
import io.towncrier.testing.Stubs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Echoes that come at the same time as others. */
class ChangePushAddressTest {
  private static final String DEVICE = "dev_0123456789abcdefghjkmnpqrs";
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private final Challenges challenges =
      new Challenges(
          Stubs.of(Vault.class, Map.of("seal", asked -> new Sealed(new byte[] {1}))),
          TestKeys.blindIndex(),
          Stubs.of(
              DevicesConfig.class,
              Map.of(
                  "challengeLife", asked -> Duration.ofMinutes(2), "challengeTries", asked -> 3)));
  private final Challenges.Draft draft = draft("fcm", PushAddress.Kind.TOKEN);
  private final Queue<List<AddressStore.Moved>> proved = new ArrayDeque<>();
  private final List<String> awaited = new ArrayList<>();
  private List<AddressStore.Proof> waiting = List.of();

  @Test
  void theSameEchoThatWaitedForTheFirstIsAnsweredLikeIt() {
    // When it came nothing was proved yet; when it had the lock, nothing waited any more.
    proved.add(List.of());
    proved.add(List.of(moved("dev_loser")));
    assertThat(confirm(draft.nonce()))
        .isEqualTo(new ChangePushAddress.Proved.Moved(List.of("dev_loser")));
    assertThat(awaited).containsExactly(DEVICE, "dev_loser");
  }

  @Test
  void soItIsWhereAnAddressOfAnotherProviderWaits() {
    waiting = List.of(draft("getui", PushAddress.Kind.CID).proof());
    proved.add(List.of());
    proved.add(List.of(moved("dev_loser")));
    assertThat(confirm(draft.nonce()))
        .isEqualTo(new ChangePushAddress.Proved.Moved(List.of("dev_loser")));
  }

  @Test
  void anotherEchoProvesNothing() {
    proved.add(List.of());
    proved.add(List.of(moved("dev_loser")));
    assertThat(confirm(new Secret("chl_another")))
        .isEqualTo(new ChangePushAddress.Proved.NothingToProve());
    waiting = List.of(draft.proof());
    proved.add(List.of());
    proved.add(List.of());
    assertThat(confirm(new Secret("chl_another")))
        .isEqualTo(new ChangePushAddress.Proved.WrongEcho(3));
    assertThat(awaited).isEmpty();
  }

  private AddressStore.Moved moved(String loser) {
    return new AddressStore.Moved(draft.proof().challenge(), List.of(loser));
  }

  private Challenges.Draft draft(String provider, PushAddress.Kind kind) {
    return challenges.draft(DEVICE, provider, kind, new Secret("address"), NOW);
  }

  private ChangePushAddress.Proved confirm(Secret echoed) {
    AddressStore addresses =
        Stubs.of(
            AddressStore.class,
            Map.of(
                "provedBefore", asked -> Uni.createFrom().item(proved.remove()),
                "takeTry", asked -> Uni.createFrom().item(waiting)));
    QuestionStore questions =
        Stubs.of(QuestionStore.class, Map.of("of", asked -> Uni.createFrom().item(List.of())));
    Transactions transactions =
        Stubs.of(
            Transactions.class, Map.of("inTransaction", asked -> ((Supplier<?>) asked[0]).get()));
    SendFence fence =
        Stubs.of(
            SendFence.class,
            Map.of(
                "awaitNothingInFlight",
                asked -> {
                  awaited.add((String) asked[0]);
                  return Uni.createFrom().voidItem();
                }));
    AskHolder holders =
        new AskHolder(
            questions,
            Stubs.of(DeviceStore.class, Map.of()),
            challenges,
            Stubs.of(ChallengePusher.class, Map.of()),
            transactions);
    return new ChangePushAddress(
            addresses, challenges, holders, fence, transactions, InstantSource.fixed(NOW))
        .confirm(DEVICE, echoed)
        .await()
        .indefinitely();
  }
}
