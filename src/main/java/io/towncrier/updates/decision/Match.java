package io.towncrier.updates.decision;

import io.towncrier.releases.targeting.Refusal;
import io.towncrier.releases.targeting.TargetingRule;
import java.util.Arrays;
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

    private static final Matched[] ALL = all();

    private static Matched[] all() {
      Matched[] all = new Matched[2 * (TargetingRule.MAX_PRIORITY + 1)];
      Arrays.setAll(all, i -> new Matched(i / 2, i % 2 != 0));
      return all;
    }

    /** The same object for the same rule's: there are few, and they stay in the cache. */
    static Matched of(int priority, boolean downgrade) {
      return ALL[2 * priority + (downgrade ? 1 : 0)];
    }

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
