package io.towncrier.updates.decision;

import io.towncrier.releases.targeting.Refusal;
import java.util.Optional;

/** Whether one of a release's targeting rules means a client. */
sealed interface Match {
  /** Of the release for this client; of one that is for others, the highest that it has. */
  int priority();

  /** Whether the release may replace a newer version. */
  boolean downgrade();

  Optional<Refusal> refusal();

  /** The rule that matched first. */
  record Matched(int priority, boolean downgrade) implements Match {
    /** A release without rules is for everybody. */
    static final Matched EVERYBODY = new Matched(0, false);

    @Override
    public Optional<Refusal> refusal() {
      return Optional.empty();
    }
  }

  /** No rule matched; why the first one did not. */
  record Unmatched(int priority, Optional<Refusal> refusal) implements Match {
    @Override
    public boolean downgrade() {
      return false;
    }
  }
}
