package io.towncrier.downloads;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalLong;

/** The one budget of downloads: devices are admitted by it, and notices keep its pace. */
@ApplicationScoped
public class DownloadBudget {
  // So that hours of it are still a number.
  static final long MOST = 100_000_000_000_000L;

  private final OptionalLong bytesPerSecond;

  /**
   * As it is set.
   *
   * @throws IllegalArgumentException when it is no number of bytes
   */
  public DownloadBudget(DownloadsConfig config) {
    Optional<Long> given = config.budget();
    if (given.filter(bytes -> bytes < 1 || bytes > MOST).isPresent()) {
      throw new IllegalArgumentException(
          "TOWNCRIER_DOWNLOADS_BUDGET is a number of bytes a second from 1 to " + MOST + ".");
    }
    this.bytesPerSecond = given.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  /** Empty when nobody waits for a download. */
  public OptionalLong bytesPerSecond() {
    return bytesPerSecond;
  }
}
