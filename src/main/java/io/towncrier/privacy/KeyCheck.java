package io.towncrier.privacy;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Offload;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.keys.LiveKeys;
import io.towncrier.privacy.keys.OpenKeys;
import io.towncrier.privacy.keys.OpenKeys.Opened;
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
  private final KeyCheckStore store;
  private final OpenKeys open;
  private final LiveKeys live;
  private final Transactions transactions;
  private final InstantSource clock;
  private final LongAdder refusals = new LongAdder();
  private volatile @Nullable Refusal refusal;

  KeyCheck(
      KeyRing keys,
      KeyCheckStore store,
      OpenKeys open,
      LiveKeys live,
      Transactions transactions,
      InstantSource clock) {
    this.keys = keys;
    this.store = store;
    this.open = open;
    this.live = live;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Opens the keys of the database, and makes them where there are none. Fits, or Refused. Once
   * they are open the database is asked again after a minute. Fails when it cannot be asked.
   */
  public Uni<KeyVerdict> run() {
    if (live.areFresh()) {
      return Uni.createFrom().item(new KeyVerdict.Fits());
    }
    Refusal last = refusal;
    if (last != null && clock.instant().isBefore(last.until)) {
      refusals.increment();
      return Uni.createFrom().item(last.verdict);
    }
    return look();
  }

  /** Asks the database now. */
  public Uni<KeyVerdict> look() {
    return open.run()
        .chain(
            opened ->
                opened instanceof Opened.None ? begin() : Uni.createFrom().item(verdict(opened)))
        .invoke(this::remember);
  }

  /** Fails with {@code wrong-master-key} unless the key fits. */
  public Uni<Void> require() {
    return live.areFresh()
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

  /** Whether it was compared within the last minute, and fits. */
  public boolean fits() {
    return live.areFresh();
  }

  /** How often something was refused since the start because the key does not fit. */
  public long refusals() {
    return refusals.sum();
  }

  private static KeyVerdict verdict(Opened opened) {
    if (opened instanceof Opened.All) {
      return new KeyVerdict.Fits();
    }
    if (opened instanceof Opened.Refused refused) {
      return new KeyVerdict.Refused(refused.because());
    }
    if (opened instanceof Opened.None) {
      return new KeyVerdict.Refused("the versions of the keys are gone again: start anew");
    }
    throw new ForgottenCase(opened);
  }

  /** There are no versions yet: the database is new, or was used with the master key alone. */
  private Uni<KeyVerdict> begin() {
    return Offload.run(keys::state)
        .chain(key -> transactions.inTransaction(() -> store.known().chain(k -> act(key, k))))
        .chain(beginning -> goOn(beginning));
  }

  private Uni<KeyVerdict> goOn(Beginning beginning) {
    if (beginning instanceof Beginning.None none) {
      // Versions that another process has made between the two looks are the ones that count.
      return open.run()
          .map(opened -> opened instanceof Opened.None ? none.because : verdict(opened));
    }
    if (beginning instanceof Beginning.AsBefore) {
      return Offload.run(keys::material).chain(open::goOnWith).chain(this::opened);
    }
    if (beginning instanceof Beginning.New fresh) {
      return open.begin()
          .chain(this::opened)
          .invoke(
              verdict -> {
                if (fresh.madeNow && !(verdict instanceof KeyVerdict.Fits)) {
                  keys.unmake();
                }
              });
    }
    throw new ForgottenCase(beginning);
  }

  /** Of two processes that come first, one keeps its keys; the other one opens these. */
  private Uni<KeyVerdict> opened(boolean mine) {
    return open.run().map(KeyCheck::verdict);
  }

  private Uni<Beginning> act(KeyState key, KeyCheckStore.Known known) {
    KeyVerdict verdict = KeyVerdict.of(nowOf(key), known, keys::checkValue, this::opens);
    if (verdict instanceof KeyVerdict.FirstUse) {
      return known.isKeyed() ? keep() : Uni.createFrom().item(new Beginning.New(false));
    }
    if (verdict instanceof KeyVerdict.NoKeyNeededYet) {
      return Uni.createFrom().item(withNewKey());
    }
    if (verdict instanceof KeyVerdict.Fits) {
      return Uni.createFrom().item(new Beginning.AsBefore());
    }
    if (verdict instanceof KeyVerdict.Refused refused) {
      return Uni.createFrom().item(new Beginning.None(refused));
    }
    throw new ForgottenCase(verdict);
  }

  private Beginning withNewKey() {
    boolean made = keys.wraps() && keys.makeIfMissing();
    return keys.wraps() && !(keys.state() instanceof KeyState.Present)
        ? new Beginning.None(new KeyVerdict.Refused("set TOWNCRIER_MASTER_KEY"))
        : new Beginning.New(made);
  }

  /** A key that was missing may have been made since: by another process that begins. */
  private KeyState nowOf(KeyState key) {
    return key instanceof KeyState.Missing ? keys.state() : key;
  }

  /** Before there were versions: of two processes that come first, one keeps its value. */
  private Uni<Beginning> keep() {
    return store
        .keep(KeyRing.VERSION, keys.checkValue())
        .chain(
            kept ->
                kept
                    ? Uni.createFrom().item(new Beginning.AsBefore())
                    : store.known().chain(known -> act(keys.state(), known)));
  }

  private boolean opens(KeyCheckStore.Sample sample) {
    return sample.opensWith(keys.first());
  }

  private void remember(KeyVerdict verdict) {
    if (verdict instanceof KeyVerdict.Refused refused) {
      refusals.increment();
      if (refusal == null) {
        LOG.errorf("nothing is read or written with keys: %s", refused.because());
      }
      refusal = new Refusal(refused, clock.instant().plus(LOOK_AGAIN));
    } else {
      refusal = null;
    }
  }

  /** How the versions begin. */
  private sealed interface Beginning {
    /**
     * With new keys, as nothing was used with others; the file of the master key may be new too.
     */
    record New(boolean madeNow) implements Beginning {}

    /** With those that are derived from the master key, as the database was used with them. */
    record AsBefore() implements Beginning {}

    /** Not with this master key. */
    record None(KeyVerdict.Refused because) implements Beginning {}
  }

  private record Refusal(KeyVerdict.Refused verdict, Instant until) {}
}
