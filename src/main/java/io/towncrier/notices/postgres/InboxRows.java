package io.towncrier.notices.postgres;

import io.towncrier.delivery.TextVariables;
import io.towncrier.devices.CheckIns;
import io.towncrier.devices.Device;
import io.towncrier.notices.Inbox;
import io.towncrier.notices.rollout.AlreadyInstalled;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.notices.text.NoticeText;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.postgres.Row;
import java.util.List;
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
        .optionalText(0)
        .map(notice -> new Listed(notice, news(row), row.flag(4), entry(notice, row)))
        .stream();
  }

  private static Optional<AlreadyInstalled.News> news(Row row) {
    return row.optionalText(2)
        .map(version -> new AlreadyInstalled.News(row.text(1), version, row.text(3)));
  }

  private static Optional<Inbox.Entry> entry(String notice, Row row) {
    return row.optionalText(5)
        .map(
            kind ->
                new Inbox.Entry(
                    notice,
                    NoticeKind.valueOf(kind),
                    new NoticeText(
                        NoticeJson.texts(row.text(6)),
                        new LanguageTag(row.text(7)),
                        NoticeJson.details(row.optionalText(8).orElse(null))),
                    row.instant(9),
                    row.optionalInstant(10),
                    row.optionalText(11).map(LanguageTag::new),
                    new TextVariables(row.text(12), row.text(3))));
  }

  /** The page, without what is no news any more where it belongs. */
  static Page<Inbox.Entry> page(
      List<Listed> all, Predicate<AlreadyInstalled.News> isInstalled, PageRequest<String> request) {
    List<Listed> shown =
        all.stream().filter(one -> one.news().filter(isInstalled).isEmpty()).toList();
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
        device.text(0),
        new Device.Facts(
            device.text(1),
            device.optionalText(2).map(CountryCode::new),
            device.optionalText(3),
            device.optionalText(4).map(LanguageTag::new),
            device.text(5),
            device.optionalText(6),
            device.optionalText(7),
            device.optionalNumber(8).map(OptionalLong::of).orElseGet(OptionalLong::empty),
            device.flag(9)),
        device.optionalDate(10).orElseThrow(),
        rows.stream().flatMap(InboxRows::unread).toList());
  }

  private static Stream<CheckIns.Unread> unread(Row row) {
    return row
        .optionalNumber(14)
        .map(
            notices ->
                new CheckIns.Unread(
                    row.optionalText(11), row.optionalText(12), row.optionalText(13), notices))
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
