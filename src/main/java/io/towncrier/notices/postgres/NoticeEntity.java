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
  String details;
  String asks;
  String audience;
  String schedule;

  @Column(name = "ttl_seconds")
  long ttlSeconds;

  String state;
  String author;
  String writers;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "approved_by")
  String approvedBy;

  @Column(name = "approved_at")
  Instant approvedAt;

  @Column(name = "starts_at")
  Instant startsAt;

  @Column(name = "started_at")
  Instant startedAt;

  @Column(name = "expires_at")
  Instant expiresAt;

  @Column(name = "finished_at")
  Instant finishedAt;

  @Column(name = "shown_when_due")
  boolean shownWhenDue;

  @Column(name = "trace_parent")
  String traceParent;

  // Lists leave it out; who sends canaries marks it.
  @Column(insertable = false, updatable = false)
  boolean canary;

  @Version int revision;
}
