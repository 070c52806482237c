package io.towncrier.releases.rollout;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Of which rollouts a client says that it is inside, and of which that it is outside.
 *
 * @param inside ids of {@link Share}
 * @param outside the same
 */
public record RolloutClaims(Set<String> inside, Set<String> outside) {
  /** A client that says nothing. */
  public static final RolloutClaims NONE = new RolloutClaims(Set.of(), Set.of());

  /** Of so many rollouts a client says it at most; where there are more, it sends its cohort. */
  public static final int MAX = 4;

  private static final Pattern SEPARATOR = Pattern.compile("\\.");
  private static final Pattern CLAIM =
      Pattern.compile("[0-9a-v]{" + Share.ID_LENGTH + "}-(in|out)");

  public RolloutClaims {
    inside = Set.copyOf(inside);
    outside = Set.copyOf(outside);
  }

  /** Such as {@code 2f9c0k1v-in.8a0m3p4t-out}; empty for any other text. */
  public static Optional<RolloutClaims> parse(String text) {
    Set<String> inside = new HashSet<>();
    Set<String> outside = new HashSet<>();
    for (String claim : SEPARATOR.split(text, -1)) {
      if (!CLAIM.matcher(claim).matches()) {
        return Optional.empty();
      }
      (claim.endsWith("-in") ? inside : outside).add(claim.substring(0, Share.ID_LENGTH));
    }
    // A client that says both of one rollout says nothing of it.
    return inside.stream().anyMatch(outside::contains)
        ? Optional.empty()
        : Optional.of(new RolloutClaims(inside, outside));
  }

  public boolean isEmpty() {
    return inside.isEmpty() && outside.isEmpty();
  }

  /** Whether the client says either of this share. */
  public boolean areAbout(Share share) {
    return !isEmpty() && (inside.contains(share.id()) || outside.contains(share.id()));
  }

  public boolean areInside(Share share) {
    return !inside.isEmpty() && inside.contains(share.id());
  }
}
