package io.towncrier.outcomes.health;

import java.util.Locale;

/** What a rollout's figures call for. */
public sealed interface Verdict {
  /** As it stands in answers. */
  String code();

  /** Too many fail. */
  record Halt(String why) implements Verdict {
    @Override
    public String code() {
      return "halt";
    }
  }

  /** The next phase may begin. */
  record Promote(String why) implements Verdict {
    @Override
    public String code() {
      return "promote";
    }
  }

  /** Neither, and why not. */
  record Wait(Reason reason) implements Verdict {
    @Override
    public String code() {
      return reason.code();
    }
  }

  /** Why a phase waits. */
  enum Reason {
    SOAKING,
    TOO_FEW_ENDED,
    TOO_MANY_UNDER_WAY,
    TOO_MANY_FAILED,
    TOO_MANY_DOWNLOADS_FAILED;

    String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
