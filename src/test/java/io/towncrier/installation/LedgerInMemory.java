package io.towncrier.installation;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;

/** A ledger that can be away, or not be kept at all. */
public final class LedgerInMemory implements ErasureLedger {
  final Set<String> hashes = new HashSet<>();
  boolean kept = true;
  boolean away;

  @Override
  public boolean isKept() {
    return kept;
  }

  @Override
  public byte[] key() {
    if (away) {
      throw new IllegalStateException("away");
    }
    return new byte[] {7};
  }

  @Override
  public void note(String hash, LocalDate day) {
    hashes.add(hash);
  }

  @Override
  public Set<String> hashes() {
    return Set.copyOf(hashes);
  }
}
