package io.towncrier.delivery.vendors;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.ProvidersOf;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.PushProvider;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.devices.address.ChallengePusher.Challenge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AskQuotasTest {
  private static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");
  private static final VendorQuota LOW =
      new VendorQuota("op", Optional.of(1000L), Optional.of(12L), false);

  private final Notes notes = new Notes();

  @Test
  void whoseTurnItIsAsksAndAllReadWhatWasSaid() {
    AskQuotas ask = asking(() -> Uni.createFrom().item(new QuotaAnswer.Told(List.of(LOW))));
    assertThat(ask.left("getui")).isNaN();
    assertThat(run(ask)).isEqualTo(1);
    assertThat(ask.low()).isEqualTo(1);
    assertThat(ask.left("getui")).isEqualTo(0.012);
    assertThat(run(ask)).as("not its turn").isZero();

    AskQuotas other = asking(() -> Uni.createFrom().failure(new AssertionError("not its turn")));
    assertThat(run(other)).isZero();
    assertThat(other.low()).isEqualTo(1);
  }

  @Test
  void aFailureIsKeptAndFailsNoJob() {
    AskQuotas ask = asking(() -> Uni.createFrom().failure(new IllegalStateException("broken")));
    assertThat(run(ask)).isEqualTo(1);
    assertThat(notes.kept.orElseThrow().notTold()).contains("FAILED");
    assertThat(ask.low()).isZero();
    assertThat(ask.left("getui")).isNaN();
  }

  @Test
  void aRefusalLeavesWhatWasToldBefore() {
    run(asking(() -> Uni.createFrom().item(new QuotaAnswer.Told(List.of(LOW)))));
    notes.turn = true;
    AskQuotas ask = asking(() -> Uni.createFrom().item(new QuotaAnswer.NotTold("GETUI_10005")));
    run(ask);
    assertThat(notes.kept.orElseThrow().quotas()).containsExactly(LOW);
    assertThat(ask.low()).as("it says nothing of today").isZero();
  }

  private AskQuotas asking(Supplier<Uni<QuotaAnswer>> answer) {
    return new AskQuotas(ProvidersOf.cell(new Told(answer)), notes);
  }

  private static long run(AskQuotas ask) {
    return ask.run().await().atMost(Duration.ofSeconds(10));
  }

  /** What the database would keep. */
  private static final class Notes implements VendorQuotas {
    private Optional<Kept> kept = Optional.empty();
    private boolean turn = true;

    @Override
    public Uni<Optional<Kept>> find(String account) {
      return Uni.createFrom().item(kept);
    }

    @Override
    public Uni<Boolean> takeTurn(String account) {
      assertThat(account).isEqualTo("getui:app");
      boolean mine = turn;
      turn = false;
      return Uni.createFrom().item(mine);
    }

    @Override
    public Uni<Void> keep(String account, QuotaAnswer answer) {
      List<VendorQuota> before = kept.map(Kept::quotas).orElse(List.of());
      kept =
          Optional.of(
              answer instanceof QuotaAnswer.Told told
                  ? new Kept(AT, Optional.empty(), Optional.of(AT), told.quotas())
                  : new Kept(
                      AT,
                      Optional.of(((QuotaAnswer.NotTold) answer).code()),
                      Optional.of(AT),
                      before));
      return Uni.createFrom().voidItem();
    }
  }

  private record Told(Supplier<Uni<QuotaAnswer>> answer) implements PushProvider {
    @Override
    public boolean isConfigured() {
      return true;
    }

    @Override
    public String name() {
      return "getui";
    }

    @Override
    public AccountId account() {
      return new AccountId("getui:app", "key");
    }

    @Override
    public String description() {
      return "getui";
    }

    @Override
    public boolean tellsQuotas() {
      return true;
    }

    @Override
    public Uni<QuotaAnswer> quotas() {
      return answer.get();
    }

    @Override
    public Uni<DeliveryResult> send(PushMessage message, Lease lease) {
      throw new AssertionError();
    }

    @Override
    public Uni<DeliveryResult> challenge(Challenge challenge, Lease lease) {
      throw new AssertionError();
    }
  }
}
