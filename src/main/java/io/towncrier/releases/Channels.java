package io.towncrier.releases;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The release channels, the most careful first. Who follows a channel is offered the releases of
 * that one and of every one before it.
 */
public record Channels(List<String> inOrder) {
  /** What a client follows that names no channel. */
  public static final String DEFAULT = "stable";

  public Channels {
    inOrder = List.copyOf(inOrder);
  }

  public boolean contains(String channel) {
    return inOrder.contains(channel);
  }

  public boolean reaches(String followed, String releasedOn) {
    int released = inOrder.indexOf(releasedOn);
    return released >= 0 && released <= inOrder.indexOf(followed);
  }

  /** Whether the channels of another catalogue stand here in the same order, others between. */
  public boolean keepsOrderOf(Channels other) {
    return inOrder.stream().filter(other::contains).toList().equals(other.inOrder());
  }

  /** Those that another catalogue does not have. */
  public Set<String> without(Channels other) {
    Set<String> rest = new HashSet<>(inOrder);
    other.inOrder().forEach(rest::remove);
    return rest;
  }
}
