package io.towncrier.privacyrequests;

import io.towncrier.privacy.rights.Ground;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody asked for by letter or e-mail. It holds no word of the person: who it is stands in
 * the maker's own files under the reference. A closed request has no way back.
 */
public sealed interface PrivacyRequest {
  String PREFIX = "prq";

  /** What was asked, which never changes. */
  Opened opened();

  /** As it stands in JSON. */
  String state();

  /**
   * What was asked.
   *
   * @param reference under which the maker keeps the letter: a ticket, never a name
   * @param ground of a deletion alone
   * @param verifiedAt when it was verified that the person is who it is about; the days count from
   *     here
   * @param openedBy subject of the operator
   */
  record Opened(
      String id,
      RequestKind kind,
      String reference,
      Optional<Ground> ground,
      Instant verifiedAt,
      Instant openedAt,
      String openedBy) {
    public Opened {
      if (kind.needsGround() != ground.isPresent()) {
        throw new IllegalArgumentException("a deletion has a ground, and nothing else has");
      }
      // What is compared must be what the database gives back.
      verifiedAt = verifiedAt.truncatedTo(ChronoUnit.MILLIS);
      openedAt = openedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    public Deadline deadline() {
      return Deadline.of(verifiedAt);
    }
  }

  /** Who closed it, and when. */
  record Closed(Instant at, String by) {
    public Closed {
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /** It waits for its answer. */
  record Open(Opened opened) implements PrivacyRequest {
    /** Whether this answers what was asked. */
    public boolean isAnsweredBy(RequestAnswer answer) {
      return opened.kind().isAnsweredBy(answer);
    }

    /**
     * Answers it.
     *
     * @throws IllegalArgumentException unless {@link #isAnsweredBy}
     */
    public Answered answer(RequestAnswer answer, Closed closed) {
      if (!isAnsweredBy(answer)) {
        throw new IllegalArgumentException(answer + " does not answer " + opened.kind());
      }
      return new Answered(opened, answer, closed);
    }

    /**
     * Refuses it; empty when requests of its kind are never refused.
     *
     * @param decidedBy name of the person who answers for the refusal
     */
    public Optional<Refused> refuse(RefusalReason reason, String decidedBy, Closed closed) {
      return opened.kind().mayBeRefused()
          ? Optional.of(new Refused(opened, reason, decidedBy, closed))
          : Optional.empty();
    }

    @Override
    public String state() {
      return State.OPEN.code();
    }
  }

  /** It was done. */
  record Answered(Opened opened, RequestAnswer answer, Closed closed) implements PrivacyRequest {
    @Override
    public String state() {
      return State.ANSWERED.code();
    }
  }

  /** It was not done, and somebody answers for that. */
  record Refused(Opened opened, RefusalReason reason, String decidedBy, Closed closed)
      implements PrivacyRequest {
    public Refused {
      if (!opened.kind().mayBeRefused()) {
        throw new IllegalArgumentException(opened.kind() + " is never refused");
      }
    }

    @Override
    public String state() {
      return State.REFUSED.code();
    }
  }

  /** The names of the states, for filters and for the database. */
  enum State {
    OPEN,
    ANSWERED,
    REFUSED;

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<State> parse(String code) {
      return Arrays.stream(values()).filter(state -> state.code().equals(code)).findFirst();
    }
  }
}
