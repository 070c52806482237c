package io.towncrier.notices;

import io.towncrier.delivery.PushContent;
import io.towncrier.platform.LanguageTag;
import io.towncrier.platform.LocalizedText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A notice; what may be done with it depends on how far it is. */
public sealed interface Notice {
  /** How every notice id begins. */
  String PREFIX = "ntc";

  Content content();

  /** Written, and seen by nobody. */
  record Draft(Content content) implements Notice {
    public Started start(Instant now) {
      return new Started(content, now);
    }

    public Cancelled cancel() {
      return new Cancelled(content, Optional.empty());
    }
  }

  /** Under way: in the inboxes, and pushed until it expires. */
  record Started(Content content, Instant startedAt) implements Notice {
    public Cancelled cancel() {
      return new Cancelled(content, Optional.of(startedAt));
    }

    /** What is pushed for it. */
    public PushContent push() {
      return new PushContent(
          content.id(),
          content.kind().category(),
          false,
          content.texts(),
          content.defaultLanguage(),
          startedAt.plus(content.ttl()),
          Optional.empty());
    }
  }

  /** Taken back: pushed no more, and gone from the inboxes. */
  record Cancelled(Content content, Optional<Instant> startedAt) implements Notice {}

  /**
   * What was written.
   *
   * @param id {@code ntc_...}
   * @param texts what is shown, per language
   * @param defaultLanguage one of the texts is in it
   * @param ttl for how long after the start it is pushed
   * @param author who wrote it
   */
  record Content(
      String id,
      NoticeKind kind,
      LocalizedText texts,
      LanguageTag defaultLanguage,
      Audience audience,
      Duration ttl,
      String author,
      Instant createdAt) {
    public Content {
      if (!texts.byLanguage().containsKey(defaultLanguage.value())) {
        throw new IllegalArgumentException("no text in the default language");
      }
    }
  }
}
