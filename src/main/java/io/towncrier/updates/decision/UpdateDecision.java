package io.towncrier.updates.decision;

import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.releases.targeting.Refusal;
import java.util.Optional;

/** What a client is told. */
public sealed interface UpdateDecision {
  /** As it stands in answers. */
  String code();

  /** Why, kebab-case; empty when there is nothing to be explained. */
  default Optional<String> reasonCode() {
    return Optional.empty();
  }

  /**
   * There is another version for it.
   *
   * @param release to install next
   * @param target that it is on the way to; the same release unless that one is a floor
   * @param window in which to install it; without one at any time
   */
  record Offer(Release release, Release target, Optional<InstallWindow.Opening> window)
      implements UpdateDecision {
    @Override
    public String code() {
      return "offer";
    }
  }

  /** There is nothing newer. */
  record UpToDate() implements UpdateDecision {
    @Override
    public String code() {
      return "up-to-date";
    }
  }

  /** There is something newer, but not for this client. */
  record HeldBack(Refusal reason) implements UpdateDecision {
    @Override
    public String code() {
      return "held-back";
    }

    @Override
    public Optional<String> reasonCode() {
      return Optional.of(reason.code());
    }
  }

  /** There is nothing newer, and nothing will come any more. */
  record Unsupported() implements UpdateDecision {
    @Override
    public String code() {
      return "unsupported";
    }

    @Override
    public Optional<String> reasonCode() {
      return Optional.of("end-of-support");
    }
  }
}
