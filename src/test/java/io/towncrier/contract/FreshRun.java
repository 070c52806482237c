package io.towncrier.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** What an earlier run has seen counts for nothing in this one. */
public final class FreshRun implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    try {
      Files.deleteIfExists(Seen.FILE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
