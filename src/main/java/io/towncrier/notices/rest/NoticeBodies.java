package io.towncrier.notices.rest;

import io.towncrier.notices.Audience;
import io.towncrier.notices.Inbox;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeKind;
import io.towncrier.notices.NoticeStore;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.Ids;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.LanguageTag;
import io.towncrier.platform.LocalizedText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JSON of the notice endpoints. */
final class NoticeBodies {
  // FCM takes 4096 bytes of payload; the rest is for ids and platform options (contract fcm-v1).
  private static final int MAX_TEXT_BYTES = 3000;
  private static final Duration DEFAULT_TTL = Duration.ofHours(24);
  private static final Duration LONGEST_TTL = Duration.ofDays(28);

  private NoticeBodies() {}

  record TextBody(@Nullable String title, @Nullable String body) {}

  record AudienceBody(
      @Nullable List<@Nullable String> products,
      @Nullable List<@Nullable String> countries,
      @Nullable List<@Nullable String> languages) {}

  record DraftBody(
      @Nullable String kind,
      @Nullable String defaultLanguage,
      @Nullable Map<String, @Nullable TextBody> texts,
      @Nullable AudienceBody audience,
      @Nullable Long ttlSeconds) {
    Notice.Draft read(String author, Instant now) {
      InputReader input = new InputReader();
      Optional<NoticeKind> noticeKind =
          input.parsed(
              "kind",
              input.text("kind", kind, 32),
              NoticeKind::parse,
              "must be firmware-update, app-update or announcement");
      Optional<LanguageTag> language =
          input.language("defaultLanguage", input.text("defaultLanguage", defaultLanguage, 35));
      Map<String, LocalizedText.Text> byLanguage = readTexts(input);
      if (language.isPresent() && !byLanguage.containsKey(language.get().value())) {
        input.reject("texts." + language.get(), "is required: the default language");
      }
      Audience addressed = readAudience(input);
      Duration ttl = readTtl(input);
      input.finish();
      return new Notice.Draft(
          new Notice.Content(
              Ids.next(Notice.PREFIX),
              noticeKind.orElseThrow(),
              new LocalizedText(byLanguage),
              language.orElseThrow(),
              addressed,
              ttl,
              author,
              now));
    }

    private Map<String, LocalizedText.Text> readTexts(InputReader input) {
      Map<String, LocalizedText.Text> read = new LinkedHashMap<>();
      if (texts == null || texts.isEmpty()) {
        input.reject("texts", "is required");
        return read;
      }
      texts.forEach(
          (tag, given) -> {
            Optional<LanguageTag> language = input.language("texts", tag.isEmpty() ? "-" : tag);
            String place = "texts" + language.map(l -> "." + l).orElse("");
            TextBody text = given == null ? new TextBody(null, null) : given;
            String title = input.text(place + ".title", text.title(), 200);
            String body = input.text(place + ".body", text.body(), 2000);
            if ((title + body).getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES) {
              input.reject(place, "must be at most " + MAX_TEXT_BYTES + " bytes in all");
            }
            language
                .map(l -> read.put(l.value(), new LocalizedText.Text(title, body)))
                .ifPresent(twice -> input.reject(place, "stands there twice"));
          });
      return read;
    }

    private Audience readAudience(InputReader input) {
      if (audience == null) {
        return new Audience(List.of(), List.of(), List.of());
      }
      List<CountryCode> countries =
          each("audience.countries", audience.countries(), input::country);
      List<LanguageTag> languages =
          each("audience.languages", audience.languages(), input::language);
      List<String> products =
          each(
              "audience.products",
              audience.products(),
              (field, value) -> input.optionalText(field, value, 80));
      nonEmpty(input, "audience.products", audience.products());
      nonEmpty(input, "audience.countries", audience.countries());
      nonEmpty(input, "audience.languages", audience.languages());
      return new Audience(products, countries, languages);
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

    private static <T> List<T> each(
        String field,
        @Nullable List<@Nullable String> values,
        BiFunction<String, @Nullable String, Optional<T>> reader) {
      List<@Nullable String> given = values == null ? List.of() : values;
      return IntStream.range(0, given.size())
          .mapToObj(i -> reader.apply(field + "[" + i + "]", given.get(i)))
          .flatMap(Optional::stream)
          .toList();
    }

    // An empty element would make the list wider or narrower than its author believes.
    private static void nonEmpty(
        InputReader input, String field, @Nullable List<@Nullable String> values) {
      if (values != null && values.stream().anyMatch(v -> v == null || v.isEmpty())) {
        input.reject(field, "has an empty element");
      }
    }
  }

  record Shown(
      String id,
      String state,
      String kind,
      String defaultLanguage,
      Map<String, LocalizedText.Text> texts,
      AudienceShown audience,
      long ttlSeconds,
      String author,
      Instant createdAt,
      Optional<Instant> startedAt,
      Optional<NoticeStore.Progress> deliveries) {
    static Shown of(Notice notice, Optional<NoticeStore.Progress> deliveries) {
      Notice.Content content = notice.content();
      return new Shown(
          content.id(),
          state(notice),
          content.kind().code(),
          content.defaultLanguage().value(),
          content.texts().byLanguage(),
          AudienceShown.of(content.audience()),
          content.ttl().toSeconds(),
          content.author(),
          content.createdAt(),
          startedAt(notice),
          deliveries);
    }

    private static String state(Notice notice) {
      if (notice instanceof Notice.Draft) {
        return "draft";
      }
      return notice instanceof Notice.Started ? "started" : "cancelled";
    }

    private static Optional<Instant> startedAt(Notice notice) {
      if (notice instanceof Notice.Started started) {
        return Optional.of(started.startedAt());
      }
      return notice instanceof Notice.Cancelled cancelled
          ? cancelled.startedAt()
          : Optional.empty();
    }
  }

  record AudienceShown(List<String> products, List<String> countries, List<String> languages) {
    static AudienceShown of(Audience audience) {
      return new AudienceShown(
          audience.products(),
          strings(audience.countries().stream().map(CountryCode::value)),
          strings(audience.languages().stream().map(LanguageTag::value)));
    }

    private static List<String> strings(Stream<String> values) {
      return values.toList();
    }
  }

  record Started(String id, String state, int planned) {}

  record InboxShown(List<Entry> notices) {
    record Entry(
        String id,
        String kind,
        String language,
        String title,
        String body,
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
            entry.since(),
            entry.readAt().isPresent());
      }
    }
  }
}
