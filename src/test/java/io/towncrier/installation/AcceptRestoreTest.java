package io.towncrier.installation;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditFilter;
import io.towncrier.audit.AuditLog;
import io.towncrier.installation.AcceptRestore.Shown;
import io.towncrier.installation.AcceptRestore.Shown.OfNotice;
import io.towncrier.installation.InstallationStore.Here;
import io.towncrier.installation.Outside.Sent;
import io.towncrier.installation.Outside.Testimony;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcceptRestoreTest {
  private static final Instant TOLD = FakeInstallation.NOON.plusSeconds(600);

  private final FakeInstallation store = new FakeInstallation();
  private final WrittenAudit audit = new WrittenAudit();
  private final RecogniseRestore recognise =
      new RecogniseRestore(store, store, store.replay, store, () -> FakeInstallation.NOON);
  private final AcceptRestore restore =
      new AcceptRestore(store, store, audit, store, () -> FakeInstallation.NOON);

  @BeforeEach
  void aDatabaseIsBehindItsWitness() {
    store.restoreTo(4);
    store.told =
        Optional.of(
            new Testimony(
                14,
                TOLD,
                List.of(new Sent("ntc_1", 900), new Sent("ntc_2", 5), new Sent("ntc_3", 70))));
    store.here = List.of(new Here("ntc_1", "STARTED", 300), new Here("ntc_2", "DONE", 5));
    assertThat(recognise.heldBecause().await().indefinitely()).isPresent();
  }

  @Test
  void itShowsWhatWasSentSinceTheBackupAsFarAsTheWitnessKnows() {
    Shown shown = restore.show().await().indefinitely();
    assertThat(shown.heldBecause()).get().asString().contains("mark 14");
    assertThat(shown.mark()).isEqualTo(4);
    assertThat(shown.markedAt()).contains(FakeInstallation.NOON);
    assertThat(shown.toldAt()).contains(TOLD);
    assertThat(shown.notices())
        .containsExactly(
            new OfNotice("ntc_1", "STARTED", 600),
            new OfNotice("ntc_2", "DONE", 0),
            // Made, and pushed, after the backup.
            new OfNotice("ntc_3", "unknown", 70));
    assertThat(audit.entries).as("nothing is changed").isEmpty();
    assertThat(store.kept.heldBecause()).isPresent();
  }

  @Test
  void whoAcceptsItLetsPushesGoOnAboveTheWitnessAndIsAudited() {
    assertThat(restore.accept("olga").await().indefinitely().heldBecause()).isPresent();
    assertThat(store.kept.mark()).isEqualTo(15);
    assertThat(store.kept.heldBecause()).isEmpty();
    assertThat(fresh().heldBecause().await().indefinitely()).as("nor is it held again").isEmpty();
    assertThat(audit.entries)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo("olga");
              assertThat(entry.action()).isEqualTo("restore.accepted");
              assertThat(entry.detail()).contains("mark 14");
            });
  }

  @Test
  void withoutAWitnessItSaysThatNothingIsKnown() {
    store.told = Optional.empty();
    Shown shown = restore.accept("olga").await().indefinitely();
    assertThat(shown.toldAt()).isEmpty();
    assertThat(shown.notices()).isEmpty();
    assertThat(store.kept.mark()).isEqualTo(5);
  }

  @Test
  void moreHereThanTheWitnessKnowsIsNothingSent() {
    assertThat(OfNotice.of(new Sent("ntc_1", 3), new Here("ntc_1", "STARTED", 5)).sentSince())
        .isZero();
  }

  private RecogniseRestore fresh() {
    return new RecogniseRestore(store, store, store.replay, store, () -> FakeInstallation.NOON);
  }

  private static final class WrittenAudit implements AuditLog {
    private final List<AuditEntry> entries = new ArrayList<>();

    @Override
    public Uni<Void> append(AuditEntry entry) {
      entries.add(entry);
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Page<Stored>> list(AuditFilter filter, PageRequest<Long> request) {
      throw new AssertionError("nobody looks at it here");
    }

    @Override
    public Uni<List<Stored>> behind(long number, int limit) {
      return Uni.createFrom().item(List.of());
    }

    @Override
    public Uni<Head> head() {
      return Uni.createFrom().item(new Head(0, ""));
    }

    @Override
    public String chain() {
      return "changes";
    }

    @Override
    public Uni<Head> start() {
      return head();
    }

    @Override
    public Uni<Boolean> hasBefore(Instant moment) {
      return Uni.createFrom().item(false);
    }

    @Override
    public Uni<Void> beginBehind(List<Head> heads, Instant moment) {
      throw new AssertionError("nothing is removed here");
    }

    @Override
    public Uni<Integer> removeBeforeStart(int limit) {
      throw new AssertionError("nothing is removed here");
    }
  }
}
