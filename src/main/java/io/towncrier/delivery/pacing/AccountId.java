package io.towncrier.delivery.pacing;

/**
 * Names what pushes go out with.
 *
 * @param project whose quota it is; all of its credentials share one
 * @param credential whose refusals are its own: one that replaces it begins anew. No secret
 */
public record AccountId(String project, String credential) {
  @Override
  public String toString() {
    return project + " (" + credential + ")";
  }
}
