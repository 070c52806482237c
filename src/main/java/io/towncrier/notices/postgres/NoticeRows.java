package io.towncrier.notices.postgres;

import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeStore.State;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.notices.text.NoticeText;
import io.towncrier.platform.language.LanguageTag;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Notices as rows and back. */
final class NoticeRows {
  // What answers call running; rows of the version before have it.
  private static final String STARTED = "STARTED";

  private NoticeRows() {}

  static String stored(State state) {
    return state == State.RUNNING ? STARTED : state.name();
  }

  private static State state(String stored) {
    return stored.equals(STARTED) ? State.RUNNING : State.valueOf(stored);
  }

  static void write(Notice notice, NoticeEntity row) {
    Notice.Content content = notice.content();
    row.kind = content.kind().name();
    row.defaultLanguage = content.text().defaultLanguage().value();
    row.texts = NoticeJson.texts(content.text().texts());
    row.details = NoticeJson.details(content.text().details());
    row.asks = NoticeJson.asks(content.text());
    row.audience = NoticeJson.audience(content.audience());
    row.schedule = NoticeJson.schedule(content.schedule());
    row.shownWhenDue = content.schedule().isLocal();
    row.ttlSeconds = content.ttl().toSeconds();
    row.author = content.authors().first();
    row.writers = NoticeJson.writers(content.authors().writers());
    row.createdAt = content.authors().createdAt();
    row.state = stored(State.of(notice));
    row.approvedBy = notice.approval().map(Notice.Approval::by).orElse(null);
    row.approvedAt = notice.approval().map(Notice.Approval::at).orElse(null);
    if (notice instanceof Notice.Scheduled scheduled) {
      row.startsAt = scheduled.startsAt();
    } else if (notice instanceof Notice.Begun begun) {
      row.startedAt = begun.times().startedAt();
      row.expiresAt = begun.times().expiresAt();
    }
    if (notice instanceof Notice.Done done) {
      row.finishedAt = done.finishedAt();
    }
  }

  static Notice read(NoticeEntity row) {
    Notice.Content content = content(row);
    Optional<Notice.Approval> approval =
        Optional.ofNullable(row.approvedBy)
            .map(by -> new Notice.Approval(by, Optional.ofNullable(row.approvedAt).orElseThrow()));
    return switch (state(row.state)) {
      case DRAFT -> new Notice.Draft(content);
      case APPROVED -> new Notice.Approved(content, approval.orElseThrow());
      case SCHEDULED ->
          new Notice.Scheduled(content, approval, Optional.ofNullable(row.startsAt).orElseThrow());
      case RUNNING -> new Notice.Running(content, approval, times(row).orElseThrow());
      case PAUSED -> new Notice.Paused(content, approval, times(row).orElseThrow());
      case DONE ->
          new Notice.Done(
              content,
              approval,
              times(row).orElseThrow(),
              Optional.ofNullable(row.finishedAt).orElseThrow());
      case CANCELLED -> new Notice.Cancelled(content, approval, times(row));
    };
  }

  private static Notice.Content content(NoticeEntity row) {
    return new Notice.Content(
        row.id,
        NoticeKind.valueOf(row.kind),
        new NoticeText(
            NoticeJson.texts(row.texts),
            new LanguageTag(row.defaultLanguage),
            NoticeJson.details(row.details, row.asks)),
        NoticeJson.audience(row.audience),
        NoticeJson.schedule(row.schedule),
        Duration.ofSeconds(row.ttlSeconds),
        new Notice.Authors(row.author, NoticeJson.writers(row.writers, row.author), row.createdAt));
  }

  private static Optional<Notice.Times> times(NoticeEntity row) {
    return Optional.ofNullable(row.startedAt)
        .map(
            started -> {
              Instant expires = row.expiresAt;
              return new Notice.Times(
                  started, expires == null ? started.plusSeconds(row.ttlSeconds) : expires);
            });
  }
}
