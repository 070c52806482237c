package io.towncrier.ddi.actions;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client says of an action.
 *
 * @param execution how far it is
 * @param finished how it ended
 * @param details in the client's words, at most {@link #MOST_DETAILS}, without addresses
 */
public record Feedback(Execution execution, Finished finished, List<String> details) {
  /** So many are kept. */
  public static final int MOST_DETAILS = 20;

  // swupdate says so of an update that it was told not to install: nothing was installed.
  private static final String SKIPPED = "Skipped Update.";
  // swupdate and rauc-hawkbit-updater both begin so.
  private static final String DOWNLOAD_FAILED = "download failed";

  public Feedback {
    details = List.copyOf(details);
  }

  /** As DDI names it. */
  public enum Execution {
    CLOSED,
    PROCEEDING,
    CANCELED,
    SCHEDULED,
    REJECTED,
    RESUMED,
    DOWNLOAD,
    DOWNLOADED;

    public static Optional<Execution> parse(String text) {
      return Arrays.stream(values()).filter(e -> e.code().equals(text)).findFirst();
    }

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** As DDI names it. */
  public enum Finished {
    SUCCESS,
    FAILURE,
    NONE;

    public static Optional<Finished> parse(String text) {
      return Arrays.stream(values()).filter(f -> f.code().equals(text)).findFirst();
    }

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the client says that it is through with the action. */
  public boolean isFinal() {
    return execution == Execution.CLOSED && details.stream().noneMatch(d -> d.startsWith(SKIPPED));
  }

  /** Whether it worked, as far as the client says. */
  public boolean isSuccess() {
    return finished != Finished.FAILURE;
  }

  /** Whether it is downloaded, and not to be installed yet. */
  public boolean isDownloaded() {
    return execution == Execution.DOWNLOADED && finished == Finished.SUCCESS;
  }

  /** Whether nothing was installed, because it could not be downloaded. */
  public boolean failedToDownload() {
    return !isSuccess()
        && details.stream()
            .anyMatch(detail -> detail.toLowerCase(Locale.ROOT).startsWith(DOWNLOAD_FAILED));
  }
}
