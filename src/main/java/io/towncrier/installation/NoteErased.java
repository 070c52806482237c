package io.towncrier.installation;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Offload;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Writes into the ledger what is erased, before it is gone. */
@ApplicationScoped
public class NoteErased {
  private final ErasureLedger ledger;
  private final InstantSource clock;

  public NoteErased(ErasureLedger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Fails when the ledger cannot be written: then nothing may be erased yet. Without a ledger it
   * does nothing.
   *
   * @param kind as its {@link Erasable} says it
   */
  public Uni<Void> run(String kind, String id) {
    return ledger.isKept()
        ? Offload.run(
                () -> {
                  String hash = ErasureLedger.hash(ledger.key(), kind, id);
                  ledger.note(hash, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
                  return hash;
                })
            .replaceWithVoid()
        : Uni.createFrom().voidItem();
  }
}
