package io.towncrier.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.towncrier.installation.Outside.Testimony;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EraseAgainTest {
  private static final int DEVICES = 1_700;

  private final FakeInstallation store = new FakeInstallation();
  private final LedgerInMemory ledger = new LedgerInMemory();
  private final Kind accounts = new Kind("account", 3);
  private final Kind devices = new Kind("device", DEVICES);
  private Instant now = FakeInstallation.NOON;

  @Test
  void whatWasErasedSinceTheBackupIsErasedAgainBeforeAnythingIsServed() {
    note("device", "device-0003");
    note("device", "device-1699");
    note("account", "account-0001");
    note("device", "account-0002");
    EraseAgain erase = restored();

    assertThat(await(erase.isDue())).isTrue();
    assertThat(erase.isDone()).isFalse();
    assertThat(await(erase.run(() -> true))).isEqualTo(3);
    assertThat(erase.isDone()).as("until it is looked at again").isFalse();
    assertThat(await(erase.isDue())).isFalse();
    assertThat(erase.isDone()).isTrue();
    assertThat(devices.ids).hasSize(DEVICES - 2).doesNotContain("device-0003", "device-1699");
    assertThat(accounts.ids).containsExactly("account-0000", "account-0002");
    assertThat(store.kept.heldBecause()).as("pushes wait for the operator").isPresent();
  }

  @Test
  void aProcessThatDiesIsFollowedWhereItWas() {
    note("device", "device-0003");
    note("device", "device-1200");
    EraseAgain erase = restored();
    AtomicInteger pages = new AtomicInteger();
    await(erase.run(() -> pages.incrementAndGet() <= 3));
    assertThat(store.replay.kept.due()).isTrue();
    assertThat(devices.ids).doesNotContain("device-0003").contains("device-1200");

    int looks = devices.looks;
    await(fresh().run(() -> true));
    assertThat(devices.ids).doesNotContain("device-1200");
    assertThat(devices.looks - looks).as("pages that were left").isEqualTo(2);
    assertThat(store.replay.kept.erased()).isEqualTo(2);
  }

  @Test
  void aDatabaseThatWasNotRestoredIsServedAtOnceAndIsLookedAtAMinuteLater() {
    note("device", "device-0003");
    EraseAgain erase = fresh();
    assertThat(erase.isDone()).isFalse();
    assertThat(await(erase.isDue())).isFalse();
    assertThat(erase.isDone()).isTrue();
    assertThat(await(erase.run(() -> true))).isZero();
    now = now.plus(Duration.ofMinutes(1));
    assertThat(erase.isDone()).isFalse();
    assertThat(devices.ids).as("what is noted is not erased twice").contains("device-0003");
  }

  @Test
  void withoutALedgerNothingIsDue() {
    ledger.kept = false;
    EraseAgain erase = restored();
    assertThat(await(erase.isDue())).isFalse();
    assertThat(erase.isDone()).isTrue();
    await(new NoteErased(ledger, () -> now).run("device", "device-0001"));
    assertThat(ledger.hashes).isEmpty();
  }

  @Test
  void aLedgerThatCannotBeReadKeepsEverythingWaiting() {
    ledger.away = true;
    EraseAgain erase = restored();
    assertThatThrownBy(() -> await(erase.run(() -> true))).hasMessage("away");
    assertThat(await(erase.isDue())).isTrue();
    assertThatThrownBy(() -> note("device", "device-0001")).hasMessage("away");
  }

  private void note(String kind, String id) {
    await(new NoteErased(ledger, () -> now).run(kind, id));
    assertThat(ledger.hashes).noneMatch(hash -> hash.contains(id));
  }

  private EraseAgain restored() {
    store.told = Optional.of(new Testimony(7, FakeInstallation.NOON, List.of()));
    store.restoreTo(5);
    return fresh();
  }

  private EraseAgain fresh() {
    RecogniseRestore restore = new RecogniseRestore(store, store, store.replay, store, () -> now);
    return new EraseAgain(
        restore, store.replay, ledger, List.of(devices, accounts), store, () -> now);
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().indefinitely();
  }

  private static final class Kind implements Erasable {
    private final String name;
    private final TreeSet<String> ids = new TreeSet<>();
    private int looks;

    Kind(String name, int count) {
      this.name = name;
      for (int i = 0; i < count; i++) {
        ids.add(name + "-%04d".formatted(i));
      }
    }

    @Override
    public String kind() {
      return name;
    }

    @Override
    public Uni<List<String>> ids(String after, int limit) {
      looks++;
      return Uni.createFrom().item(ids.tailSet(after, false).stream().limit(limit).toList());
    }

    @Override
    public Uni<Void> erase(String id) {
      ids.remove(id);
      return Uni.createFrom().voidItem();
    }
  }
}
