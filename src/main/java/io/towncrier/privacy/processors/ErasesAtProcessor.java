package io.towncrier.privacy.processors;

import io.smallrye.mutiny.Uni;

/** Deletes at a processor what it keeps under an address. */
public interface ErasesAtProcessor {
  /** Its id in the register. */
  String processor();

  /** Deletes it; the same again does no harm. */
  Uni<Result> erase(ToErase what);

  /** What became of a try. */
  sealed interface Result {
    /** The processor has confirmed that nothing is left, or has never had it. */
    record Gone() implements Result {}

    /** The address names nothing that the processor could delete. */
    record NothingToName() implements Result {}

    /** The processor has no call for it; the register says how it ends there. */
    record NotOffered() implements Result {}

    /**
     * The processor could not be asked, for a reason that is not this address's: no try of it.
     *
     * @param why for the log
     */
    record NotAsked(String why) implements Result {}

    /** No key of ours opens the address: it cannot be named to the processor. */
    record DoesNotOpen() implements Result {}

    /**
     * It has to be tried again.
     *
     * @param why for the log, without the address
     */
    record Later(String why) implements Result {}
  }
}
