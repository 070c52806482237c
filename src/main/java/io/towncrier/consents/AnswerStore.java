package io.towncrier.consents;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Keeps what was answered to the questions of notices, by device. */
public interface AnswerStore {
  /**
   * Answers for a device, or for each device of an account that has the notice. What one of them
   * has agreed to by itself, an account does not decline.
   *
   * @return whether one of them has the notice
   */
  Uni<Boolean> answer(String owner, ConsentAnswer answer);

  /** Whether a device, or one of the devices of an account, has the notice. */
  Uni<Boolean> isAsked(String owner, String notice);

  /** The latest answers on a device or on the devices of an account, one a notice. */
  Uni<List<ConsentAnswer>> answers(String owner, int limit);
}
