package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How far a notice is, and who did not get it, in a browser: each number leads to its devices. */
@QuarkusTest
@Tag("zoneless")
class ConsoleNoticeIT {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";
  private static final String REMOVED =
      "the app was removed, or its push address is no longer valid";

  /** Longer than a code: what Getui says of it comes with it. */
  private static final String SAID =
      "GETUI_20001: the field push_message.notification.click_type has a value that is not allowed";

  private static final String NOTHING =
      """
      {"from":"2026-05-04T08:00:00Z","to":"2026-05-04T09:00:00Z","step":"PT1M","steps":[]}
      """;

  /** What is said of 1,000 pushes, with the one of the notice itself. */
  private static final String TOLD =
      """
      INSERT INTO notice_change (notice_id, axis, value, state, devices, tried, pruned, seen)
      SELECT ?, told.axis, told.value, told.state, told.devices, 0, 0, 0
      FROM (VALUES
        ('country', 'FR', 'ACCEPTED', 999),
        ('step', 'provider', 'HELD', 30),
        ('step', 'app', 'ARRIVED', 600), ('step', 'provider', 'ARRIVED', 100),
        ('step', 'app', 'SHOWN', 540),
        ('step', 'app', 'OPENED', 60),
        ('step', 'app', 'DROPPED', 20), ('step', 'provider', 'DROPPED', 10),
        ('dropped', 'switched-off', 'APP', 20), ('dropped', 'capped', 'PROVIDER', 10),
        ('within', '10', 'SHOWN', 240), ('within', '60', 'SHOWN', 102),
        ('within', '120', 'SHOWN', 168), ('within', '600', 'SHOWN', 20),
        ('within', 'later', 'SHOWN', 10)) AS told (axis, value, state, devices)
      """;

  @RegisterExtension static final ConsoleVisit VISIT = new ConsoleVisit();

  private ConsoleBrowser browser;

  @BeforeEach
  void aPersonInFrontOfTheScreen() {
    Api.importSample();
    browser = VISIT.browser();
  }

  @Test
  void everyNumberLeadsToExactlyItsDevices() {
    Fate fate = aNoticeThatHasEnded();
    Page page = browser.signedIn("#/notices/" + fate.notice());
    assertThat(browser.heading(HOSTILE)).isVisible();
    assertThat(bar(page, "Read in the app").locator(".bar-value")).hasText("1");
    assertThat(bar(page, REMOVED).locator(".bar-value")).hasText("1");
    assertThat(bar(page, HOSTILE).locator(".bar-value")).hasText("1");
    bar(page, "push is switched off").locator(".bar-value a").click();

    assertThat(browser.heading("Deliveries")).isVisible();
    assertThat(page.locator("main .page-head")).containsText(HOSTILE);
    lists(page, fate.devices(1, 2));
    assertThat(page.locator("main .pages")).containsText("2 of 2");
    Locator state = browser.field("State");
    Locator because = browser.field("Because");
    assertThat(because).hasValue("opted-out");
    state.selectOption("dead");
    lists(page, fate.devices(3, 4, 5));
    because.selectOption(SAID);
    lists(page, fate.devices(5));
    assertThat(page.locator("main tbody"))
        .containsText("Getui answered 20001: the field push_message.notification.click_type");
    because.selectOption(HOSTILE);
    lists(page, fate.devices(4));
    assertThat(page.locator("main tbody")).containsText(HOSTILE);
    assertThat(page.locator("img[src=x]")).hasCount(0);
    state.selectOption("accepted");
    lists(page, fate.devices(0));
    assertThat(because).hasCount(0);
    state.selectOption("");
    lists(page, fate.devices(0, 1, 2, 3, 4, 5));
    browser.looksRight("notice-deliveries-wide");
    page.setViewportSize(320, 900);
    browser.fits("notice-deliveries-narrow");
  }

  @Test
  void aRowOfTheListLeadsToWhyItsDeviceGotNone() {
    Fate fate = aNoticeThatHasEnded();
    Page page =
        browser.signedIn(
            "#/notices/" + fate.notice() + "/deliveries?state=dead&reason=UNREGISTERED");
    String device = fate.phones().get(3).id();
    lists(page, Set.of(device));
    page.locator("main tbody").getByText("Why?").click();
    showsWhole(page, device);
    browser.button("Explain").click();
    page.getByLabel("Why do you look at the data of this person?").fill("CASE-31");
    browser.button("Go on").click();
    assertThat(page.locator("section[aria-labelledby=why] .sentence")).containsText(REMOVED);

    page = browser.open("#/notices/" + fate.notice() + "/deliveries?state=nonsense");
    lists(page, fate.devices(0, 1, 2, 3, 4, 5));
    page = browser.open("#/notices/" + fate.notice() + "/toString");
    assertThat(browser.heading("There is no such page")).isVisible();
    showsWhole(browser.open("#/explain?device=" + device), device);
  }

  @Test
  void thePageOfADeviceSaysWhyItGotANotice() {
    Fate fate = aNoticeThatHasEnded();
    String device = fate.phones().get(3).id();
    Page page = browser.signedIn("#/devices/" + device);
    page.getByLabel("Why do you look at the data of this person?").fill("CASE-32");
    browser.button("Go on").click();
    Locator happened = page.locator("section[aria-labelledby=timeline]");
    Request asked =
        page.waitForRequest(
            "**/notices/" + fate.notice() + "/devices/" + device,
            () -> happened.getByText("Why this notice?").click());
    assertThat(happened.locator(".sentence")).containsText(REMOVED);
    assertThat(happened.getByText("Why this notice?")).hasCount(0);
    // The look is written down with the reason of the visit.
    assertThat(asked.headers()).containsEntry("towncrier-reason", "CASE-32");
    page.setViewportSize(320, 900);
    browser.fits("device-why-narrow");
  }

  @Test
  void thePicturesHaveTheirFindingsAndTheirTables() {
    Fate fate = aNoticeThatHasEnded();
    Page page = browser.signedIn("#/notices/" + fate.notice());
    Locator series = page.locator("section[aria-labelledby=series]");
    assertThat(series.locator("figcaption")).containsText("Most pushes were accepted from");
    assertThat(series.locator("figcaption")).containsText(": 1 in 1 minute.");
    series.locator("figure summary").click();
    assertThat(series.locator("table")).isVisible();
    assertThat(sum(series, 2)).as("accepted").isEqualTo(1);
    assertThat(sum(series, 3)).as("not pushed").isEqualTo(2);
    assertThat(sum(series, 4)).as("given up").isEqualTo(3);
    assertThat(sum(series, 5)).as("read").isEqualTo(1);

    assertThat(page.locator(".bars.parts li", having("France")).locator(".bar-value"))
        .hasText("1 of 2");
    assertThat(page.locator(".bars.parts li", having("Germany")).locator(".bar-value"))
        .hasText("0 of 4");
    assertThat(page.locator("figcaption", new Page.LocatorOptions().setHasText("Germany")))
        .hasText("Most devices are in Germany: 0 of 4 accepted.");
    browser.looksRight("notice-progress-wide");
    page.setViewportSize(320, 900);
    browser.fits("notice-progress-narrow");
  }

  @Test
  void theEditorKeepsWhatARevisionAsksForAndTheNoticeShowsTheAnswers() {
    Map<String, Object> revision =
        new HashMap<>(Api.announcement("Policy", Map.of("devices", List.of(Api.phone("en").id()))));
    revision.put("kind", "policy-revision");
    revision.put("policyChange", "recipients");
    revision.put("asksConsent", Map.of("kind", "push", "textVersion", "2026-06"));
    String id =
        Api.operator()
            .body(revision)
            .post("/v1/admin/notices")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    Page page = browser.signedIn("#/notices/" + id + "/edit");
    assertThat(page.getByLabel("Asks for a consent")).hasValue("push");
    page.getByLabel("Asks for a consent").selectOption("cross-border");
    page.getByLabel("Version of the text").fill("2026-07");
    page.getByLabel("What crosses the border").fill("device facts");
    page.getByLabel("Who gets it").fill(HOSTILE);
    browser.button("Save").click();
    Await.patiently(
        "it is saved",
        () ->
            Map.of(
                    "kind", "cross-border",
                    "textVersion", "2026-07",
                    "data", "device facts",
                    "recipient", HOSTILE)
                .equals(Api.operator().get("/v1/admin/notices/" + id).path("asksConsent")));
    browser.looksRight("notice-asks-wide");

    Api.operator().post("/v1/admin/notices/" + id + "/start").then().statusCode(200);
    browser.open("#/notices/" + id);
    assertThat(page.locator("section[aria-labelledby=to]"))
        .containsText("transfer of data across the border, 2026-07");
    assertThat(page.locator("section[aria-labelledby=to]"))
        .containsText("0 of 1 devices agreed; declined: 0; not answered: 1");
  }

  @Test
  void aNoticeOfWhichNothingWasPushedSaysSo() {
    Fate fate = aNoticeThatHasEnded();
    Page page = browser.signedIn("");
    page.route("**/progress/series?*", route -> route.fulfill(answer(NOTHING)));
    browser.open("#/notices/" + fate.notice());
    Locator series = page.locator("section[aria-labelledby=series]");
    assertThat(series).containsText("Nothing was pushed yet.");
    assertThat(series.locator("figure")).hasCount(0);
  }

  @Test
  void howFarPushesCameIsDrawnWithWhoSaysSo() {
    Fate fate = aNoticeThatHasEnded();
    Sql.run(TOLD, fate.notice());
    Page page = browser.signedIn("#/notices/" + fate.notice());
    Locator figures = page.locator("section[aria-labelledby=ladder] figure");
    // Of the 700 that arrived, 20 phones were right not to show it.
    assertThat(figures.locator("figcaption"))
        .hasText(
            new String[] {
              "75% of those who could be reached were shown it within 2 minutes (510 of 680).",
              "Half of them were shown it within 1 minute.",
              "30 pushes were not shown."
            });
    assertThat(figures.first().locator(".bar-value"))
        .hasText(
            new String[] {"1,000 · 100%", "30 · 3%", "700 · 70%", "540 · 54%", "60 · 6%", "1"});
    assertThat(figures.nth(1).locator(".bar-value").nth(3)).hasText("530 of 680");
    assertThat(figures.nth(2).locator(".bar-name"))
        .hasText(
            new String[] {
              "push is switched off on the phone", "no more are shown of its kind that day"
            });
    figures.first().locator("summary").click();
    assertThat(figures.first().locator("tbody tr").nth(2).locator("td"))
        .hasText(new String[] {"On the phone", "700", "70%", "600", "100", "0"});
    browser.looksRight("notice-ladder-wide");
    page.setViewportSize(320, 900);
    browser.fits("notice-ladder-narrow");
  }

  @Test
  void pushesThatNobodyHasSaidAnythingOfSayWhy() {
    Fate fate = aNoticeThatHasEnded();
    Page page = browser.signedIn("#/notices/" + fate.notice());
    Locator ladder = page.locator("section[aria-labelledby=ladder]");
    assertThat(ladder).containsText("Nobody has told yet what became of them");
    assertThat(ladder).containsText("A phone tells with its next check");
    assertThat(ladder.locator("figure")).hasCount(0);
    String device = fate.phones().get(0).id();
    browser.open("#/notices/" + fate.notice() + "?device=" + device);
    browser.button("Explain").click();
    page.getByLabel("Why do you look at the data of this person?").fill("CASE-33");
    browser.button("Go on").click();
    Locator why = page.locator("section[aria-labelledby=why] .facts");
    assertThat(why).containsText("Nobody has told, or it was too long ago");

    Sql.run(
        """
        UPDATE delivery SET arrived_at = finished_at, arrived_by = 'provider',
          shown_at = finished_at, shown_by = 'app', dropped_at = finished_at, dropped_by = 'app',
          dropped_because = 'NOT_PERMITTED', steps_since = now()
        WHERE notice_id = ? AND device_id = ?
        """,
        fate.notice(),
        device);
    browser.button("Explain").click();
    assertThat(fact(why, "On the phone")).containsText("says the push service");
    assertThat(fact(why, "Shown")).containsText("says the app");
    assertThat(fact(why, "Not shown")).containsText("the phone does not permit the app to show it");
    assertThat(fact(why, "Read in the app")).hasCount(1);
  }

  /** A share that is not whole is never 100 %, and nothing is a share of nothing. */
  @Test
  void whatIsSaidOfPushesIsNoMoreThanIsKnown() {
    Object said =
        browser
            .open("")
            .evaluate(
                """
                async () => {
                  const main = document.querySelector('script[type=module]').src;
                  await (await import(new URL('ui/texts.js', main))).loadMoreTexts();
                  const { finding, half, isTold, steps } = await import(new URL('pages/notice-ladder.js', main));
                  const { isOver } = await import(new URL('pages/notice-progress.js', main));
                  const ago = (days) => new Date(Date.now() - days * 86_400_000).toISOString();
                  const marks = (...counts) => counts.map((devices, i) => ({ seconds: [10, 60, 120][i], devices }));
                  const step = (name, devices, said = {}) =>
                    ({ step: name, devices, saidBy: Object.entries(said).map(([source, of]) => ({ source, devices: of })) });
                  const within = (reached, ...counts) => ({ reached, marks: marks(...counts) });
                  return [
                    finding({ shownWithin: within(1000, 0, 0, 999) }),
                    finding({ shownWithin: within(3, 0, 1, 3) }),
                    finding({ shownWithin: within(0, 0, 0, 0) }),
                    half(within(4, 1, 2, 4)),
                    half(within(5, 1, 2, 2)),
                    isTold({ ladder: [step('accepted', 5), step('held', 0), step('seen', 3)] }),
                    isTold({ ladder: [step('accepted', 5), step('held', 1)] }),
                    steps({ ladder: [step('accepted', 0), step('arrived', 0)] }).map(({ share }) => share).join(),
                    steps({ ladder: [step('accepted', 8, { provider: 8 }), step('later-step', 2, { somebody: 1, app: 1 }), step('dropped', 1)] })
                      .map((each) => `${each.step} ${each.share} ${each.said}`).join(),
                    [{}, { finishedAt: ago(29) }, { finishedAt: ago(31) }].map(isOver).join(),
                  ].map(String);
                }
                """);
    assertThat(said)
        .isEqualTo(
            List.of(
                "99% of those who could be reached were shown it within 2 minutes (999 of 1,000).",
                "100% of those who could be reached were shown it within 2 minutes (3 of 3).",
                "It is not known of any push that it came to a phone that could show it.",
                "Half of them were shown it within 1 minute.",
                "Less than half of them were shown it within 2 minutes.",
                "false",
                "true",
                ",",
                "accepted 100% 0,8,0,later-step 25% 1,0,0",
                // Phones tell for 30 days.
                "false,false,true"));
  }

  /** Spans of any length fit into a picture; a step that takes back is drawn as nothing. */
  @Test
  void aSeriesIsCutIntoStepsAndDrawn() {
    Object said =
        browser
            .open("")
            .evaluate(
                """
                async () => {
                  const main = document.querySelector('script[type=module]').src;
                  const { span, filled, columns } = await import(new URL('pages/notice-series.js', main));
                  const { largest } = await import(new URL('pages/notice-progress.js', main));
                  const at = (text) => Date.parse(`2026-05-04T${text}Z`);
                  const startedAt = '2026-05-04T14:05:30.123Z';
                  const shown = ({ from, to, step }) => `${from.slice(5, 16)} ${to.slice(5, 16)} ${step}`;
                  const count = ({ from, to, step }) =>
                    (Date.parse(to) - Date.parse(from)) / (Number(step.slice(2, -1)) * 60000);
                  const counts = [];
                  for (let minutes = 0; minutes < 400 * 1440; minutes += 37) {
                    counts.push(count(span({ startedAt }, Date.parse(startedAt) + minutes * 60000)));
                  }
                  const step = (time, accepted, failed, read) =>
                    ({ at: `2026-05-04T${time}:00Z`, accepted, suppressed: 0, failed, read });
                  const points = filled({
                    from: '2026-05-04T14:00:00Z', to: '2026-05-04T14:20:00Z', step: 'PT5M',
                    steps: [step('14:05', 30, 10, 0), step('14:15', -30, 0, 80)],
                  });
                  const drawn = columns(points);
                  const places = Array.from({ length: 14 }, (_, i) => ({ value: `${i}`, planned: i, accepted: 1 }));
                  return [
                    shown(span({ startedAt, finishedAt: '2026-05-04T14:35:10Z' }, at('23:00:00'))),
                    shown(span({ startedAt, expiresAt: '2026-05-05T14:05:30Z' }, Date.parse('2027-01-01'))),
                    shown(span({ startedAt }, at('14:00:00'))),
                    Math.max(...counts) <= 120 && Math.min(...counts) >= 1,
                    points.map((point) => point.accepted).join(),
                    drawn.most,
                    drawn.paths.join('|'),
                    drawn.line,
                    largest(places, (code) => code).slice(11).map((each) => `${each.value}/${each.of}`).join(),
                  ].map(String);
                }
                """);
    assertThat(said)
        .isEqualTo(
            List.of(
                "05-04T14:05 05-04T14:36 PT1M",
                "05-04T14:00 05-05T14:15 PT15M",
                "05-04T14:05 05-04T14:06 PT1M",
                "true",
                "0,30,0,-30",
                "80",
                "M25.00,44.00V27.50H50.00V44.00Z||M25.00,27.50V22.00H50.00V27.50Z",
                "12.50,44.00 37.50,44.00 62.50,44.00 87.50,0.00",
                "1/2,2/1"));
  }

  /** Nothing of the id is cut off in the field that asks for it. */
  private static void showsWhole(Page page, String device) {
    Locator field = page.getByLabel("Device id");
    assertThat(field).hasValue(device);
    assertThat((Boolean) field.evaluate("input => input.scrollWidth <= input.clientWidth"))
        .isTrue();
  }

  /** The list has these devices and no other, in the order of their ids. */
  private static void lists(Page page, Set<String> devices) {
    assertThat(page.locator("main tbody td:first-child a")).hasText(devices.toArray(String[]::new));
  }

  private static Locator bar(Page page, String name) {
    return page.locator("section[aria-labelledby=progress] .bars li", having(name));
  }

  /** What stands under exactly this name. */
  private static Locator fact(Locator facts, String name) {
    Page.GetByTextOptions exactly = new Page.GetByTextOptions().setExact(true);
    return facts
        .locator("div")
        .filter(new Locator.FilterOptions().setHas(facts.page().getByText(name, exactly)));
  }

  private static Page.LocatorOptions having(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static int sum(Locator series, int column) {
    return series.locator("tbody td:nth-child(" + column + ")").allTextContents().stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  private static Route.FulfillOptions answer(String json) {
    return new Route.FulfillOptions().setContentType("application/json").setBody(json);
  }

  /** Six pushes that came to an end: one was accepted and read, two are opted out, three failed. */
  private static Fate aNoticeThatHasEnded() {
    List<Api.Registered> phones =
        Stream.of("FR", "FR", "DE", "DE", "DE", "DE")
            .map(country -> Api.register(Map.of("country", country)))
            .toList();
    Map<String, Object> body =
        new HashMap<>(
            Api.announcement(
                HOSTILE, Map.of("devices", phones.stream().map(Api.Registered::id).toList())));
    // They wait for hours: the notice is not done before all of them have ended.
    body.put("schedule", Map.of("spreadSeconds", 43_200));
    String notice = Api.operator().body(body).post("/v1/admin/notices").path("id");
    Api.operator().post("/v1/admin/notices/" + notice + "/start").then().statusCode(200);
    Api.Registered reader = phones.get(0);
    reader.as().post(reader.path("/notices/" + notice + "/read")).then().statusCode(204);
    ended(notice, phones.get(0), "ACCEPTED", "");
    ended(notice, phones.get(1), "SUPPRESSED", "opted-out");
    ended(notice, phones.get(2), "SUPPRESSED", "opted-out");
    ended(notice, phones.get(3), "DEAD", "UNREGISTERED");
    ended(notice, phones.get(4), "DEAD", HOSTILE);
    ended(notice, phones.get(5), "DEAD", SAID);
    return new Fate(notice, phones);
  }

  private static void ended(String notice, Api.Registered phone, String state, String reason) {
    Sql.run(
        """
        UPDATE delivery SET state = ?, reason = nullif(?, ''), attempts = 1, finished_at = now(),
          lease_until = NULL
        WHERE notice_id = ? AND device_id = ?
        """,
        state,
        reason,
        notice,
        phone.id());
  }

  /** A notice and its phones, in the order in which {@link #aNoticeThatHasEnded} ends them. */
  private record Fate(String notice, List<Api.Registered> phones) {
    Set<String> devices(int... which) {
      return IntStream.of(which)
          .mapToObj(i -> phones.get(i).id())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
