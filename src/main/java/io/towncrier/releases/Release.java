package io.towncrier.releases;

import io.towncrier.platform.Halt;
import io.towncrier.platform.language.VisibleText;
import io.towncrier.releases.rollout.Rollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One version of one or more products.
 *
 * @param version as devices report it; its order is that of the product's scheme
 * @param counter never falls from a release to a newer one; devices keep it against roll-backs.
 *     Zero means that it says nothing
 * @param state draft, published or withdrawn
 * @param severity how much it matters
 * @param mandatory whether the app must not go on without it
 * @param publishedAt before this moment nobody is offered it; {@link #UNDATED} in a draft that
 *     leaves it to its publishing
 * @param targeting for whom it is, and what it is to those on the way past it
 * @param rollout how it comes to the fleet
 * @param content what is shown and downloaded
 */
public record Release(
    String version,
    long counter,
    State state,
    Severity severity,
    boolean mandatory,
    Instant publishedAt,
    Targeting targeting,
    Rollout rollout,
    Content content) {
  /** Earlier than any moment that a release may name. */
  public static final Instant UNDATED = Instant.EPOCH;

  public Release {
    if (counter < 0) {
      throw new IllegalArgumentException("a release counter is zero or more");
    }
  }

  public Release inState(State other) {
    return new Release(
        version, counter, other, severity, mandatory, publishedAt, targeting, rollout, content);
  }

  public Release with(Rollout other) {
    return new Release(
        version, counter, state, severity, mandatory, publishedAt, targeting, other, content);
  }

  /** The same, out from another moment on. */
  public Release publishedAt(Instant moment) {
    return new Release(
        version, counter, state, severity, mandatory, moment, targeting, rollout, content);
  }

  /** Published at its own moment, or at this one if that has passed. */
  public Release publishedNotBefore(Instant now) {
    return new Release(
        version,
        counter,
        State.PUBLISHED,
        severity,
        mandatory,
        publishedAt.isBefore(now) ? now : publishedAt,
        targeting,
        rollout,
        content);
  }

  /** Titles and bodies of its notes in which there is nothing to be seen, by their places. */
  public static List<String> invisibleNotes(Release release) {
    List<String> places = new ArrayList<>();
    release
        .content()
        .notes()
        .byLanguage()
        .forEach(
            (language, text) -> {
              if (!VisibleText.isVisible(text.title())) {
                places.add("notes." + language + ".title");
              }
              if (!VisibleText.isVisible(text.body())) {
                places.add("notes." + language + ".body");
              }
            });
    return places;
  }

  /** Whether it says when it is published; a draft need not. */
  public boolean isDated() {
    return !publishedAt.equals(UNDATED);
  }

  public boolean isSecurity() {
    return severity == Severity.SECURITY;
  }

  /**
   * The moment at which its rollout stands: now, or since when offers of its kind are halted for
   * the whole cell.
   */
  public Instant rolloutClock(Halt halt, Instant now) {
    return halt.since(isSecurity())
        .map(since -> since.isAfter(publishedAt) ? since : publishedAt)
        .filter(now::isAfter)
        .orElse(now);
  }

  /** Its life: a draft is seen by operators alone; a withdrawn one is offered to nobody. */
  public enum State {
    DRAFT,
    PUBLISHED,
    WITHDRAWN;

    public static Optional<State> parse(String code) {
      return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
    }

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
