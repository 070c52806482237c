package io.towncrier.installation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.platform.Transactions;
import io.towncrier.testing.Api;
import io.towncrier.testing.ByHand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a restore is recognised by and replayed into, as PostgreSQL has it. */
@QuarkusTest
@TestProfile(ByHand.class)
class StoredInstallationIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  private final InstallationStore installation;
  private final ReplayStore replay;
  private final Transactions transactions;

  StoredInstallationIT(
      InstallationStore installation, ReplayStore replay, Transactions transactions) {
    this.installation = installation;
    this.replay = replay;
    this.transactions = transactions;
  }

  @Test
  void aNoticeIsHereWithItsState() {
    Api.importSample();
    String draft =
        Api.draft(Api.operator(), "Stays", Map.of("devices", List.of(Api.phone("en").id())));
    assertThat(installation.here(List.of(draft, "ntc_gone")).await().atMost(SOON))
        .containsExactly(new InstallationStore.Here(draft, "DRAFT", 0));
  }

  @Test
  void noReplayIsDueInADatabaseThatWasNotRestored() {
    ReplayStore.Replay found = replay.find().await().atMost(SOON);
    assertThat(found.due()).isFalse();
    assertThat(transactions.inTransaction(replay::lock).await().atMost(SOON)).contains(found);
  }
}
