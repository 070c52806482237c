package io.towncrier.notices.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code notice}. */
@Entity
@Table(name = "notice")
@NullUnmarked
class NoticeEntity {
  @Id String id;
  String kind;

  @Column(name = "default_language")
  String defaultLanguage;

  String texts;
  String audience;

  @Column(name = "ttl_seconds")
  long ttlSeconds;

  String state;
  String author;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "started_at")
  Instant startedAt;

  @Version int revision;
}
