package io.towncrier.notices.rest;

import io.towncrier.notices.Inbox;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.Progress;
import io.towncrier.notices.ShowNotice;
import io.towncrier.notices.audience.Audience;
import io.towncrier.notices.schedule.Schedule;
import io.towncrier.notices.text.Details;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.notices.text.NoticeText;
import io.towncrier.notices.text.PolicyChange;
import io.towncrier.platform.Ids;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Page;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.platform.rest.EntityTags;
import io.towncrier.platform.rest.Revisioned;
import io.towncrier.platform.rest.Tagged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON of the notice endpoints. */
final class NoticeBodies {
  private static final Duration DEFAULT_TTL = Duration.ofHours(24);
  private static final Duration LONGEST_TTL = Duration.ofDays(28);

  private NoticeBodies() {}

  @Schema(name = "NoticeDraft")
  record DraftBody(
      @Nullable String kind,
      @Nullable String defaultLanguage,
      @Nullable Map<String, TextBodies.@Nullable TextBody> texts,
      @Nullable String policyChange,
      @Nullable AskedConsentBody asksConsent,
      @Nullable AudienceBody audience,
      @Nullable ScheduleBody schedule,
      @Nullable Long ttlSeconds,
      @Nullable Integer revision) {
    /** A draft; an edit replaces its id and authors. */
    Notice.Draft read(InputReader input, String author, Instant now) {
      Optional<NoticeKind> noticeKind =
          input.parsed(
              "kind",
              input.text("kind", kind, 32),
              NoticeKind::parse,
              "must be firmware-update, app-update, security-incident, policy-revision or"
                  + " announcement");
      Optional<LanguageTag> language =
          input.language("defaultLanguage", input.text("defaultLanguage", defaultLanguage, 35));
      Optional<NoticeText> text =
          TextBodies.read(input, noticeKind, language, texts, policyChange, asksConsent);
      Audience addressed = audience == null ? Audience.EVERYBODY : audience.read(input);
      Schedule when = schedule == null ? Schedule.AT_ONCE : schedule.read(input);
      Duration ttl = readTtl(input);
      input.finish();
      return new Notice.Draft(
          new Notice.Content(
              Ids.next(Notice.PREFIX),
              noticeKind.orElseThrow(),
              text.orElseThrow(),
              addressed,
              when,
              ttl,
              new Notice.Authors(author, Set.of(author), now)));
    }

    private Duration readTtl(InputReader input) {
      if (ttlSeconds == null) {
        return DEFAULT_TTL;
      }
      if (ttlSeconds < 60 || ttlSeconds > LONGEST_TTL.toSeconds()) {
        input.reject("ttlSeconds", "must be from 60 to " + LONGEST_TTL.toSeconds());
        return DEFAULT_TTL;
      }
      return Duration.ofSeconds(ttlSeconds);
    }
  }

  @Schema(name = "Notice")
  record Shown(
      String id,
      String state,
      int revision,
      String kind,
      Optional<String> policyChange,
      Optional<AskedConsentBody> asksConsent,
      String defaultLanguage,
      Map<String, TextBodies.TextBody> texts,
      AudienceBody audience,
      ScheduleBody schedule,
      long ttlSeconds,
      String author,
      Set<String> writers,
      Instant createdAt,
      Optional<String> approvedBy,
      Optional<Instant> approvedAt,
      Optional<Instant> startsAt,
      Optional<Instant> startedAt,
      Optional<Instant> expiresAt,
      Optional<Instant> finishedAt,
      Optional<Progress> deliveries,
      Optional<PlanningBody> planning,
      Optional<Long> unreachable,
      Optional<Boolean> publicAnnouncementNeeded,
      Optional<AskedConsentBody.Answers> consentAnswers)
      implements Revisioned {
    static Shown of(NoticeStore.Stored stored) {
      return of(stored, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Shown of(ShowNotice.Shown shown) {
      return of(
          shown.stored(),
          Optional.of(shown.progress()),
          shown.planning().map(standing -> PlanningBody.of(standing, shown.progress().planned())),
          shown.unreached(),
          shown.consents().map(AskedConsentBody.Answers::of));
    }

    private static Shown of(
        NoticeStore.Stored stored,
        Optional<Progress> progress,
        Optional<PlanningBody> planning,
        Optional<Long> unreached,
        Optional<AskedConsentBody.Answers> consents) {
      Notice notice = stored.notice();
      Notice.Content content = notice.content();
      return new Shown(
          content.id(),
          NoticeStore.State.of(notice).code(),
          stored.revision(),
          content.kind().code(),
          change(content).map(PolicyChange::code),
          content.text().asks().map(AskedConsentBody::of),
          content.text().defaultLanguage().value(),
          TextBodies.shown(content.text()),
          AudienceBody.of(content.audience()),
          ScheduleBody.of(content.schedule()),
          content.ttl().toSeconds(),
          content.authors().first(),
          new TreeSet<>(content.authors().writers()),
          content.authors().createdAt(),
          notice.approval().map(Notice.Approval::by),
          notice.approval().map(Notice.Approval::at),
          notice instanceof Notice.Scheduled scheduled
              ? Optional.of(scheduled.startsAt())
              : Optional.empty(),
          times(notice).map(Notice.Times::startedAt),
          times(notice).map(Notice.Times::expiresAt),
          notice instanceof Notice.Done done ? Optional.of(done.finishedAt()) : Optional.empty(),
          progress,
          planning,
          unreached,
          unreached.map(count -> count > 0),
          consents);
    }

    private static Optional<PolicyChange> change(Notice.Content content) {
      return content.text().details() instanceof Details.PolicyRevision revision
          ? Optional.of(revision.change())
          : Optional.empty();
    }

    private static Optional<Notice.Times> times(Notice notice) {
      if (notice instanceof Notice.Begun begun) {
        return Optional.of(begun.times());
      }
      return notice instanceof Notice.Cancelled cancelled ? cancelled.times() : Optional.empty();
    }
  }

  /** A page of notices. */
  @Schema(name = "NoticeList")
  record Listed(List<Shown> items, Optional<String> next, String total) {
    static Listed of(Page<NoticeStore.Stored> page) {
      return new Listed(
          page.items(Shown::of), page.next(last -> last.notice().content().id()), page.total());
    }
  }

  @Schema(name = "StartedNotice")
  record Started(String id, String state, int planned, boolean allPlanned) {}

  /** A page of an inbox. */
  @Schema(name = "InboxNoticeList")
  record InboxShown(List<Entry> items, Optional<String> next, String total) implements Tagged {
    @Override
    public String tag() {
      return EntityTags.of(this);
    }

    static InboxShown of(Page<Inbox.Entry> page) {
      return new InboxShown(page.items(Entry::of), page.next(Inbox.Entry::notice), page.total());
    }

    @Schema(name = "InboxNotice")
    record Entry(
        String id,
        String kind,
        String language,
        String title,
        String body,
        Optional<TextBodies.AdviceBody> incident,
        Optional<String> policyChange,
        Optional<AskedConsentBody> asksConsent,
        Instant since,
        boolean read) {
      static Entry of(Inbox.Entry entry) {
        LocalizedText.Picked picked = entry.text();
        return new Entry(
            entry.notice(),
            entry.kind().code(),
            picked.language(),
            picked.text().title(),
            picked.text().body(),
            entry.advice().map(TextBodies.AdviceBody::of),
            entry.written().details() instanceof Details.PolicyRevision revision
                ? Optional.of(revision.change().code())
                : Optional.empty(),
            entry.written().asks().map(AskedConsentBody::of),
            entry.since(),
            entry.readAt().isPresent());
      }
    }
  }
}
