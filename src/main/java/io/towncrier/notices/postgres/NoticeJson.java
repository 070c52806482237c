package io.towncrier.notices.postgres;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.towncrier.consents.AskedConsent;
import io.towncrier.consents.ConsentAct;
import io.towncrier.devices.Device;
import io.towncrier.notices.audience.Audience;
import io.towncrier.notices.schedule.Schedule;
import io.towncrier.notices.text.Details;
import io.towncrier.notices.text.NoticeText;
import io.towncrier.notices.text.PolicyChange;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.releases.version.VersionRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parts of a notice as the database keeps them. */
final class NoticeJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder().serializationInclusion(JsonInclude.Include.NON_NULL).build();

  private NoticeJson() {}

  static String texts(LocalizedText texts) {
    return write(texts.byLanguage());
  }

  static LocalizedText texts(String json) {
    return new LocalizedText(read(json, new TypeReference<>() {}));
  }

  static String writers(Set<String> writers) {
    return write(new TreeSet<>(writers));
  }

  static Set<String> writers(@Nullable String json, String author) {
    return json == null ? Set.of(author) : read(json, new TypeReference<>() {});
  }

  static @Nullable String details(Details details) {
    if (details instanceof Details.Incident incident) {
      return write(new StoredDetails(incident.byLanguage(), null));
    }
    if (details instanceof Details.PolicyRevision revision) {
      // What it asks for stands in a column of its own, which the version before does not read.
      return write(new StoredDetails(null, revision.change()));
    }
    if (details instanceof Details.None) {
      return null;
    }
    throw new ForgottenCase(details);
  }

  static @Nullable String asks(NoticeText text) {
    return text.asks()
        .map(
            asked ->
                write(
                    new StoredAsk(
                        asked.kind(),
                        asked.textVersion(),
                        asked.crossing().map(ConsentAct.Crossing::data).orElse(null),
                        asked.crossing().map(ConsentAct.Crossing::recipient).orElse(null))))
        .orElse(null);
  }

  static Optional<AskedConsent> asks(@Nullable String json) {
    if (json == null) {
      return Optional.empty();
    }
    StoredAsk stored = read(json, new TypeReference<>() {});
    String data = stored.data();
    String recipient = stored.recipient();
    return Optional.of(
        new AskedConsent(
            stored.kind(),
            stored.textVersion(),
            data == null || recipient == null
                ? Optional.empty()
                : Optional.of(new ConsentAct.Crossing(data, recipient))));
  }

  static Details details(@Nullable String json, @Nullable String asks) {
    if (json == null) {
      return new Details.None();
    }
    StoredDetails stored = read(json, new TypeReference<>() {});
    if (stored.advice() != null) {
      return new Details.Incident(stored.advice());
    }
    return stored.change() == null
        ? new Details.None()
        : new Details.PolicyRevision(stored.change(), asks(asks));
  }

  static @Nullable String schedule(Schedule schedule) {
    if (schedule.equals(Schedule.AT_ONCE)) {
      return null;
    }
    long spread = schedule.spread().toSeconds();
    if (schedule.when() instanceof Schedule.When.At at) {
      return write(new StoredSchedule(at.moment().toString(), null, null, spread));
    }
    if (schedule.when() instanceof Schedule.When.AtLocalTime local) {
      return write(
          new StoredSchedule(
              null,
              local.time().toString(),
              local.date().map(LocalDate::toString).orElse(null),
              spread));
    }
    if (schedule.when() instanceof Schedule.When.AtOnce) {
      return write(new StoredSchedule(null, null, null, spread));
    }
    throw new ForgottenCase(schedule.when());
  }

  static Schedule schedule(@Nullable String json) {
    if (json == null) {
      return Schedule.AT_ONCE;
    }
    StoredSchedule stored = read(json, new TypeReference<>() {});
    Duration spread = Duration.ofSeconds(stored.spreadSeconds());
    if (stored.at() != null) {
      return new Schedule(new Schedule.When.At(Instant.parse(stored.at())), spread);
    }
    return stored.localTime() == null
        ? new Schedule(new Schedule.When.AtOnce(), spread)
        : new Schedule(
            new Schedule.When.AtLocalTime(
                LocalTime.parse(stored.localTime()),
                Optional.ofNullable(stored.date()).map(LocalDate::parse)),
            spread);
  }

  static String audience(Audience audience) {
    return write(
        new StoredAudience(
            audience.products(),
            audience.versions().flatMap(VersionRange::from).orElse(null),
            audience.versions().flatMap(VersionRange::to).orElse(null),
            audience.versions().flatMap(VersionRange::before).orElse(null),
            audience.countries().stream().map(CountryCode::value).toList(),
            audience.languages().stream().map(LanguageTag::value).toList(),
            audience.channels(),
            audience.kind().orElse(null),
            audience.devices(),
            audience.accounts(),
            audience.seenWithinDays().isPresent() ? audience.seenWithinDays().getAsInt() : null));
  }

  static Audience audience(String json) {
    StoredAudience stored = read(json, new TypeReference<>() {});
    Optional<String> from = Optional.ofNullable(stored.from());
    Optional<String> to = Optional.ofNullable(stored.to());
    Optional<String> before = Optional.ofNullable(stored.before());
    boolean ranged = from.isPresent() || to.isPresent() || before.isPresent();
    Integer days = stored.seenWithinDays();
    return new Audience(
        stored.products(),
        ranged ? Optional.of(new VersionRange(from, to, before)) : Optional.empty(),
        stored.countries().stream().map(CountryCode::new).toList(),
        stored.languages().stream().map(LanguageTag::new).toList(),
        orNone(stored.channels()),
        Optional.ofNullable(stored.kind()),
        orNone(stored.devices()),
        orNone(stored.accounts()),
        days == null ? OptionalInt.empty() : OptionalInt.of(days));
  }

  private static List<String> orNone(@Nullable List<String> stored) {
    return stored == null ? List.of() : stored;
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("a stored notice is not readable", broken);
    }
  }

  record StoredAudience(
      List<String> products,
      @Nullable String from,
      @Nullable String to,
      @Nullable String before,
      List<String> countries,
      List<String> languages,
      @Nullable List<String> channels,
      Device.@Nullable Kind kind,
      @Nullable List<String> devices,
      @Nullable List<String> accounts,
      @Nullable Integer seenWithinDays) {}

  record StoredDetails(
      @Nullable Map<String, Details.Advice> advice, @Nullable PolicyChange change) {}

  record StoredAsk(
      ConsentAct.Kind kind,
      String textVersion,
      @Nullable String data,
      @Nullable String recipient) {}

  record StoredSchedule(
      @Nullable String at, @Nullable String localTime, @Nullable String date, long spreadSeconds) {}
}
