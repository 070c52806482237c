package io.towncrier.delivery;

/** Wakes those who send, here and in other instances: something has become due. */
public interface DrainSignal {
  /**
   * To be called behind the commit that made it due. It waits for nothing and never fails: who is
   * not woken finds the same at the next look.
   */
  void wake();
}
