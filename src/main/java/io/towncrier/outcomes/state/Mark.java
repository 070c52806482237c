package io.towncrier.outcomes.state;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How an attempt ended, for the figures of its release: the counters bear these names. */
public enum Mark {
  CONFIRMED,
  DOWNLOAD_FAILED,
  INSTALL_FAILED,
  ROLLED_BACK,
  /** It began to install, and was not heard of again. */
  LOST,
  /** It was not heard of again, and had not begun to install. */
  SILENT,
  UNCONFIRMED,
  REJECTED,
  POSTPONED;

  /** An end that stays counted until another end takes its place. */
  private static final Set<Mark> LASTING =
      EnumSet.of(CONFIRMED, DOWNLOAD_FAILED, INSTALL_FAILED, ROLLED_BACK, LOST, UNCONFIRMED);

  private static final Set<Mark> FAILURES = EnumSet.of(INSTALL_FAILED, ROLLED_BACK, LOST);

  /** What an attempt counts as behind an event; an end that lasts is kept until another. */
  static Optional<Mark> after(Attempt attempt, OutcomeEvent event, OutcomeState to) {
    Optional<Mark> kept = attempt.standing().mark().filter(LASTING::contains);
    return switch (to) {
      case CONFIRMED -> Optional.of(CONFIRMED);
      case UNCONFIRMED -> Optional.of(UNCONFIRMED);
      case ROLLED_BACK -> Optional.of(ROLLED_BACK);
      case FAILED ->
          Optional.of(event == OutcomeEvent.DOWNLOAD_FAILED ? DOWNLOAD_FAILED : INSTALL_FAILED);
      case TIMED_OUT -> Optional.of(hadBegunToInstall(attempt) ? LOST : kept.orElse(SILENT));
      case REJECTED -> kept.or(() -> Optional.of(REJECTED));
      case POSTPONED -> kept.or(() -> Optional.of(POSTPONED));
      default -> kept;
    };
  }

  private static boolean hadBegunToInstall(Attempt attempt) {
    return attempt.state() == OutcomeState.INSTALLING || attempt.state() == OutcomeState.RESTARTING;
  }

  /** Whether it is a failure in the rate of its rollout. */
  public boolean isFailure() {
    return FAILURES.contains(this);
  }

  /** As it stands in answers and in the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
