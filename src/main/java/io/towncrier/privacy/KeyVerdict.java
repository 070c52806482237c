package io.towncrier.privacy;

import io.towncrier.platform.ForgottenCase;
import io.towncrier.privacy.KeyCheckStore.Known;
import io.towncrier.privacy.KeyCheckStore.Sample;
import java.security.MessageDigest;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Whether the master key of this process is the one that the database was made with. */
public sealed interface KeyVerdict {
  /** It is. */
  record Fits() implements KeyVerdict {}

  /** The database has no check value yet, and nothing in it speaks against this key. */
  record FirstUse() implements KeyVerdict {}

  /** There is no key, and nothing in the database was made with one. */
  record NoKeyNeededYet() implements KeyVerdict {}

  /**
   * It is not: nothing may be read or written with it.
   *
   * @param because for the operator: which file or setting, and what to do
   */
  record Refused(String because) implements KeyVerdict {}

  /** Where the way out is described. */
  String WAY_OUT = "docs/runbook.md, \"The master key is lost\", says what to do.";

  /**
   * Decides: pure.
   *
   * @param ours the check value of this process's key; asked for only when there is one
   * @param opens whether this process's key opens a sealed value
   */
  static KeyVerdict of(KeyState key, Known known, Supplier<byte[]> ours, Predicate<Sample> opens) {
    if (key instanceof KeyState.Unusable unusable) {
      return unusable(unusable);
    }
    boolean isNew = known.values().isEmpty() && !known.isKeyed();
    if (key instanceof KeyState.Missing) {
      return isNew ? new NoKeyNeededYet() : missing(key.place());
    }
    if (!(key instanceof KeyState.Present)) {
      throw new ForgottenCase(key);
    }
    if (known.values().isEmpty()) {
      return known.oldest().map(opens::test).orElse(true) ? new FirstUse() : wrong(key.place());
    }
    return compare(key.place(), known.values(), ours.get());
  }

  /** Why the keys of the database stay closed with this master key. */
  static String because(KeyState key) {
    if (key instanceof KeyState.Unusable unusable) {
      return unusable(unusable).because();
    }
    if (key instanceof KeyState.Missing) {
      return missing(key.place()).because();
    }
    if (key instanceof KeyState.Present) {
      return wrong(key.place()).because();
    }
    throw new ForgottenCase(key);
  }

  private static Refused unusable(KeyState.Unusable key) {
    return new Refused(
        "the master key in %s is of no use: %s. Put back the copy of it. %s"
            .formatted(key.place(), key.why(), WAY_OUT));
  }

  private static KeyVerdict compare(String place, Map<Integer, byte[]> values, byte[] ours) {
    if (values.keySet().stream().anyMatch(version -> version != KeyRing.VERSION)) {
      return new Refused(
          "the database needs versions %s of the master key, and this process knows version %d"
                  .formatted(values.keySet().stream().sorted().toList(), KeyRing.VERSION)
              + " alone: it is older than the database. Start the newer one.");
    }
    return values.values().stream().allMatch(value -> MessageDigest.isEqual(value, ours))
        ? new Fits()
        : wrong(place);
  }

  private static Refused wrong(String place) {
    return new Refused(
        "the master key in %s is not the one that this database was made with. Put back the right one. %s"
            .formatted(place, WAY_OUT));
  }

  private static Refused missing(String place) {
    return new Refused(
        ("there is no master key in %s, and the database holds data that was made with one."
                + " Put back the key from your copy of the data directory, or set"
                + " TOWNCRIER_MASTER_KEY. %s")
            .formatted(place, WAY_OUT));
  }
}
