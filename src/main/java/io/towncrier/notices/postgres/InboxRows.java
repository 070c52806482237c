package io.towncrier.notices.postgres;

import io.towncrier.delivery.TextVariables;
import io.towncrier.devices.Device;
import io.towncrier.devices.checks.CheckIns;
import io.towncrier.devices.checks.LastAttempt;
import io.towncrier.notices.Inbox;
import io.towncrier.notices.rollout.AlreadyInstalled;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.notices.text.NoticeText;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.postgres.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the rows of {@link InboxSql} mean. */
final class InboxRows {
  private InboxRows() {}

  /**
   * A notice in an inbox.
   *
   * @param news what it tells of an update, if it does
   * @param behind whether it stands behind the last one of the page before
   * @param entry the whole, if it may be on the page
   */
  record Listed(
      String notice,
      Optional<AlreadyInstalled.News> news,
      boolean behind,
      Optional<Inbox.Entry> entry) {}

  /** Empty for the row of a device whose inbox is empty. */
  static Stream<Listed> listed(Row row) {
    return row
        .optionalText("notice_id")
        .map(notice -> new Listed(notice, news(row), row.flag("behind"), entry(notice, row)))
        .stream();
  }

  private static Optional<AlreadyInstalled.News> news(Row row) {
    return row.optionalText("about_version")
        .map(
            version ->
                new AlreadyInstalled.News(
                    row.text("about_product"), version, row.text("installed")));
  }

  private static Optional<Inbox.Entry> entry(String notice, Row row) {
    return row.optionalText("kind")
        .map(
            kind ->
                new Inbox.Entry(
                    notice,
                    NoticeKind.valueOf(kind),
                    new NoticeText(
                        NoticeJson.texts(row.text("texts")),
                        new LanguageTag(row.text("default_language")),
                        NoticeJson.details(
                            row.optionalText("details").orElse(null),
                            row.optionalText("asks").orElse(null))),
                    row.instant("started_at"),
                    row.optionalInstant("read_at"),
                    row.optionalText("language").map(LanguageTag::new),
                    new TextVariables(row.text("product_name"), row.text("installed"))));
  }

  /** The page, without what is no news any more where it belongs. */
  static Page<Inbox.Entry> page(
      List<Listed> all, Predicate<AlreadyInstalled.News> isInstalled, PageRequest<String> request) {
    // A person may have the same notice on several devices.
    Map<String, Listed> once = new LinkedHashMap<>();
    all.stream()
        .filter(one -> one.news().filter(isInstalled).isEmpty())
        .forEach(one -> once.putIfAbsent(one.notice(), one));
    List<Listed> shown = List.copyOf(once.values());
    List<Inbox.Entry> found =
        shown.stream()
            .filter(Listed::behind)
            .limit(request.limitAndOne())
            .map(one -> one.entry().orElseThrow())
            .toList();
    return Page.of(found, request, shown.size());
  }

  /** A device that checks, of its rows: one for each kind of unread notices. */
  static CheckIns.CheckIn checkIn(String id, List<Row> rows) {
    Row device = rows.get(0);
    return new CheckIns.CheckIn(
        id,
        device.text("product_id"),
        facts(device),
        device.optionalDate("last_seen_on").orElseThrow(),
        rows.stream().flatMap(InboxRows::unread).toList(),
        device.optionalText("attempt_version").map(version -> attempt(version, device)),
        device.optionalText("kit"));
  }

  private static Device.Facts facts(Row row) {
    return new Device.Facts(
        row.text("version"),
        row.optionalText("country").map(CountryCode::new),
        row.optionalText("time_zone"),
        row.optionalText("language").map(LanguageTag::new),
        row.text("channel"),
        row.optionalText("cohort"),
        row.optionalText("hardware"),
        row.optionalNumber("release_counter").map(OptionalLong::of).orElseGet(OptionalLong::empty),
        row.flag("counter_unreadable"));
  }

  private static LastAttempt attempt(String version, Row row) {
    return new LastAttempt(
        version,
        row.text("attempt_state"),
        row.optionalText("former"),
        row.optionalText("boot"),
        row.optionalInstant("succeeded_at"),
        row.optionalInstant("target_since"),
        row.optionalInstant("held_until"));
  }

  private static Stream<CheckIns.Unread> unread(Row row) {
    return row
        .optionalNumber("notices")
        .map(
            notices ->
                new CheckIns.Unread(
                    row.optionalText("about_product"),
                    row.optionalText("about_version"),
                    row.optionalText("installed"),
                    notices))
        .stream();
  }

  /** How many of them are news where they belong. */
  static long news(
      CheckIns.CheckIn device, String version, Predicate<AlreadyInstalled.News> isInstalled) {
    return device.unread().stream()
        .filter(unread -> news(unread, version).filter(isInstalled).isEmpty())
        .mapToLong(CheckIns.Unread::notices)
        .sum();
  }

  private static Optional<AlreadyInstalled.News> news(CheckIns.Unread unread, String version) {
    return unread
        .update()
        .map(
            update ->
                new AlreadyInstalled.News(
                    unread.product().orElseThrow(), update, unread.installed().orElse(version)));
  }
}
