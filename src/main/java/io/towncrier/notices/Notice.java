package io.towncrier.notices;

import io.towncrier.delivery.PushContent;
import io.towncrier.notices.audience.Audience;
import io.towncrier.notices.schedule.Schedule;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.notices.text.NoticeText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A notice; what may be done with it depends on how far it is (docs/adr/0015). */
public sealed interface Notice {
  /** How every notice id begins. */
  String PREFIX = "ntc";

  Content content();

  /** Who else than its writers has seen it before it began. */
  Optional<Approval> approval();

  /** Not taken back. */
  sealed interface Open extends Notice {
    default Cancelled cancel() {
      return new Cancelled(content(), approval(), Optional.empty());
    }
  }

  /** Seen by operators alone, and not on its way. */
  sealed interface Written extends Open {
    /** With other content nobody has approved it. */
    default Draft rewrite(Content other) {
      return new Draft(other);
    }

    default Scheduled schedule(Instant startsAt) {
      return new Scheduled(content(), approval(), startsAt);
    }

    default Running start(Times times) {
      return new Running(content(), approval(), times);
    }
  }

  /** In the inboxes. */
  sealed interface Begun extends Open {
    Times times();

    @Override
    default Cancelled cancel() {
      return new Cancelled(content(), approval(), Optional.of(times()));
    }
  }

  /** Written, and seen by nobody. */
  record Draft(Content content) implements Written {
    @Override
    public Optional<Approval> approval() {
      return Optional.empty();
    }

    public Approved approve(Approval by) {
      return new Approved(content, by);
    }
  }

  /** Seen and found right by somebody. */
  record Approved(Content content, Approval by) implements Written {
    @Override
    public Optional<Approval> approval() {
      return Optional.of(by);
    }
  }

  /** Starts by itself at its moment. */
  record Scheduled(Content content, Optional<Approval> approval, Instant startsAt) implements Open {
    public Running start(Times times) {
      return new Running(content, approval, times);
    }
  }

  /** Under way: in the inboxes, and pushed until it expires. */
  record Running(Content content, Optional<Approval> approval, Times times) implements Begun {
    public Paused pause() {
      return new Paused(content, approval, times);
    }

    public Done finish(Instant now) {
      return new Done(content, approval, times, now);
    }

    /** What is pushed for it. */
    public PushContent push() {
      return push(Optional.empty());
    }

    /** The same, to those alone to whom this release is offered. */
    public PushContent push(PushContent.Release release) {
      return push(Optional.of(release));
    }

    private PushContent push(Optional<PushContent.Release> release) {
      return new PushContent(
          content.id(),
          content.kind().category(),
          content.kind().isUrgent(),
          content.text().texts(),
          content.text().defaultLanguage(),
          times.expiresAt(),
          Optional.empty(),
          release,
          content.schedule().pushHour(),
          Optional.empty());
    }
  }

  /** In the inboxes, and pushed to nobody until it is resumed. It expires all the same. */
  record Paused(Content content, Optional<Approval> approval, Times times) implements Begun {
    public Running resume() {
      return new Running(content, approval, times);
    }
  }

  /** In the inboxes; nothing of it is to be pushed any more. */
  record Done(Content content, Optional<Approval> approval, Times times, Instant finishedAt)
      implements Begun {
    /** There are more to be pushed to. */
    public Running goOn(Instant expiresAt) {
      return new Running(content, approval, new Times(times.startedAt(), expiresAt));
    }
  }

  /** Taken back: pushed no more, and gone from the inboxes. */
  record Cancelled(Content content, Optional<Approval> approval, Optional<Times> times)
      implements Notice {}

  /** Who approved it, by the subject, and when. */
  record Approval(String by, Instant at) {}

  /**
   * When it began, and when it ends.
   *
   * @param expiresAt after which nothing of it is sent any more
   */
  record Times(Instant startedAt, Instant expiresAt) {}

  /**
   * What was written.
   *
   * @param id {@code ntc_...}
   * @param ttl for how long a device is pushed to after it is due
   * @param authors who wrote it, and since when
   */
  record Content(
      String id,
      NoticeKind kind,
      NoticeText text,
      Audience audience,
      Schedule schedule,
      Duration ttl,
      Authors authors) {
    public Content {
      if (!text.details().belongTo(kind)) {
        throw new IllegalArgumentException("not what this kind of notice says");
      }
    }
  }

  /**
   * Who wrote it.
   *
   * @param first subject of who began it
   * @param writers subjects of all who wrote at it
   * @param createdAt when it was begun
   */
  record Authors(String first, Set<String> writers, Instant createdAt) {
    public Authors {
      writers = Set.copyOf(writers);
    }

    /** The same, and one more. */
    Authors and(String writer) {
      Set<String> more = new TreeSet<>(writers);
      more.add(writer);
      return new Authors(first, more, createdAt);
    }
  }
}
