package io.towncrier.privacy;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Offload;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Compares the master key with the database before its first use (docs/adr/0026). With another key
 * nobody's secret would fit, opt-outs would go to accounts that nobody reads, and pushes would be
 * claimed that cannot be sent.
 */
@ApplicationScoped
public class KeyCheck {
  private static final Logger LOG = Logger.getLogger(KeyCheck.class);
  // A key that does not fit is set right by a new start, a reset database by itself.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private final KeyRing keys;
  private final Vault vault;
  private final KeyCheckStore store;
  private final Transactions transactions;
  private final InstantSource clock;
  private final LongAdder refusals = new LongAdder();
  private volatile boolean fits;
  private volatile @Nullable Refusal refusal;

  KeyCheck(
      KeyRing keys,
      Vault vault,
      KeyCheckStore store,
      Transactions transactions,
      InstantSource clock) {
    this.keys = keys;
    this.vault = vault;
    this.store = store;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Compares, and keeps the check value where there is none. Fits, or Refused. Once it fits,
   * nothing is asked any more. Fails when the database cannot be asked.
   */
  public Uni<KeyVerdict> run() {
    if (fits) {
      return Uni.createFrom().item(new KeyVerdict.Fits());
    }
    Refusal last = refusal;
    if (last != null && clock.instant().isBefore(last.until)) {
      refusals.increment();
      return Uni.createFrom().item(last.verdict);
    }
    // A store of secrets may have to be asked.
    return Offload.run(keys::state)
        .chain(key -> transactions.inTransaction(() -> store.read().chain(k -> act(key, k))))
        .invoke(this::remember);
  }

  /** Fails with {@code wrong-master-key} unless the key fits. */
  public Uni<Void> require() {
    return fits
        ? Uni.createFrom().voidItem()
        : run()
            .invoke(
                verdict -> {
                  if (!(verdict instanceof KeyVerdict.Fits)) {
                    throw ProblemCode.WRONG_MASTER_KEY
                        .with("Update checks go on. The log of the service says what to do.")
                        .asException(LOOK_AGAIN);
                  }
                })
            .replaceWithVoid();
  }

  /** Whether it was compared, and fits. */
  public boolean fits() {
    return fits;
  }

  /** How often something was refused since the start because the key does not fit. */
  public long refusals() {
    return refusals.sum();
  }

  private Uni<KeyVerdict> act(KeyState key, KeyCheckStore.Known known) {
    KeyVerdict verdict = KeyVerdict.of(key, known, keys::checkValue, this::opens);
    if (verdict instanceof KeyVerdict.FirstUse) {
      return keep(false);
    }
    if (verdict instanceof KeyVerdict.NoKeyNeededYet) {
      boolean made = keys.makeIfMissing();
      return keys.state() instanceof KeyState.Present
          ? keep(made)
          : Uni.createFrom().item(new KeyVerdict.Refused("set TOWNCRIER_MASTER_KEY"));
    }
    if (verdict instanceof KeyVerdict.Fits || verdict instanceof KeyVerdict.Refused) {
      return Uni.createFrom().item(verdict);
    }
    throw new ForgottenCase(verdict);
  }

  /** Of two processes that come first, one keeps its value; the other one compares with it. */
  private Uni<KeyVerdict> keep(boolean madeNow) {
    return store
        .keep(KeyRing.VERSION, keys.checkValue())
        .chain(
            kept ->
                kept
                    ? Uni.createFrom().item((KeyVerdict) new KeyVerdict.Fits())
                    : store
                        .read()
                        .map(
                            known ->
                                KeyVerdict.of(keys.state(), known, keys::checkValue, this::opens)))
        .invoke(
            verdict -> {
              if (madeNow && !(verdict instanceof KeyVerdict.Fits)) {
                keys.unmake();
              }
            });
  }

  private boolean opens(KeyCheckStore.Sample sample) {
    return sample.opensWith(vault);
  }

  private void remember(KeyVerdict verdict) {
    if (verdict instanceof KeyVerdict.Refused refused) {
      refusals.increment();
      if (refusal == null) {
        LOG.errorf("nothing is read or written with keys: %s", refused.because());
      }
      refusal = new Refusal(refused, clock.instant().plus(LOOK_AGAIN));
    } else {
      fits = true;
      refusal = null;
    }
  }

  private record Refusal(KeyVerdict.Refused verdict, Instant until) {}
}
