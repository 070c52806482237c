package io.towncrier.ddi;

import io.towncrier.ddi.actions.Action;
import io.towncrier.releases.Artifact;
import io.towncrier.releases.Release;

/**
 * What a client is to download and to install.
 *
 * @param window whether it may install now
 */
public record Deployment(
    Action action, String product, Release release, Artifact artifact, Window window) {
  /** Whether the client may install. */
  public enum Window {
    NONE,
    OPEN,
    CLOSED
  }
}
