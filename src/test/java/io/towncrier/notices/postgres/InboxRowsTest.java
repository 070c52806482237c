package io.towncrier.notices.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.TextVariables;
import io.towncrier.devices.Device;
import io.towncrier.devices.checks.CheckIns;
import io.towncrier.notices.Inbox;
import io.towncrier.notices.rollout.AlreadyInstalled;
import io.towncrier.notices.text.Details;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.notices.text.NoticeText;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.language.LocalizedText;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which of the notices of an inbox are on a page, and which still are news. */
class InboxRowsTest {
  private static final Predicate<AlreadyInstalled.News> OLD =
      news -> news.version().compareTo(news.installed()) <= 0;

  @Test
  void whatIsInstalledAlreadyIsNeitherShownNorCounted() {
    List<InboxRows.Listed> all =
        List.of(notice("a", true), news("b", "2"), news("c", "1"), notice("d", true));
    Page<Inbox.Entry> page = InboxRows.page(all, OLD, firstOf(10));
    assertThat(page.items(Inbox.Entry::notice)).containsExactly("a", "b", "d");
    assertThat(page.counted()).isEqualTo(3);
    assertThat(page.more()).isFalse();
  }

  @Test
  void aPageIsFullAlthoughOldNewsStandBetween() {
    List<InboxRows.Listed> all =
        IntStream.range(0, 12)
            .mapToObj(i -> i % 2 == 0 ? news("old" + i, "1") : notice("n" + i, true))
            .toList();
    Page<Inbox.Entry> page = InboxRows.page(all, OLD, firstOf(4));
    assertThat(page.items(Inbox.Entry::notice)).containsExactly("n1", "n3", "n5", "n7");
    assertThat(page.more()).isTrue();
    assertThat(page.counted()).isEqualTo(6);
  }

  @Test
  void whatStoodOnThePagesBeforeIsCountedAndNotShown() {
    List<InboxRows.Listed> all = List.of(notice("a", false), notice("b", false), notice("c", true));
    Page<Inbox.Entry> page = InboxRows.page(all, OLD, firstOf(2));
    assertThat(page.items(Inbox.Entry::notice)).containsExactly("c");
    assertThat(page.counted()).isEqualTo(3);
  }

  @Test
  void newsOfADeviceItselfAreOldFromTheCheckOnThatBringsTheVersion() {
    CheckIns.CheckIn device =
        new CheckIns.CheckIn(
            "dev_1",
            "app",
            new Device.Facts(
                "1",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "stable",
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                false),
            LocalDate.EPOCH,
            List.of(
                unread(Optional.of("2"), Optional.empty(), 1),
                unread(Optional.of("2"), Optional.of("1"), 3),
                unread(Optional.empty(), Optional.empty(), 5)),
            Optional.empty());
    assertThat(InboxRows.news(device, "1", OLD)).isEqualTo(9);
    assertThat(InboxRows.news(device, "2", OLD)).isEqualTo(8);
  }

  private static CheckIns.Unread unread(
      Optional<String> update, Optional<String> installed, long notices) {
    return new CheckIns.Unread(Optional.of("app"), update, installed, notices);
  }

  private static PageRequest<String> firstOf(int limit) {
    return new PageRequest<>(Optional.empty(), true, limit);
  }

  private static InboxRows.Listed notice(String id, boolean behind) {
    return new InboxRows.Listed(
        id, Optional.empty(), behind, Optional.of(entry(id)).filter(e -> behind));
  }

  private static InboxRows.Listed news(String id, String version) {
    return new InboxRows.Listed(
        id,
        Optional.of(new AlreadyInstalled.News("app", version, "1")),
        true,
        Optional.of(entry(id)));
  }

  private static Inbox.Entry entry(String id) {
    return new Inbox.Entry(
        id,
        NoticeKind.ANNOUNCEMENT,
        new NoticeText(
            new LocalizedText(Map.of("en", new LocalizedText.Text("T", "B"))),
            new LanguageTag("en"),
            new Details.None()),
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty(),
        new TextVariables("App", "1"));
  }
}
