package io.towncrier.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the console says numbers and how far away a moment is. */
@QuarkusTest
@Tag("zoneless")
class ConsoleWordsIT {
  private static final int MOMENTS = 300;
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/New_York",
          "Asia/Kolkata",
          "Pacific/Chatham",
          "Pacific/Kiritimati",
          "Pacific/Pago_Pago");

  private final Random random = new Random(20261201);

  @RegisterExtension static final ConsoleVisit VISIT = new ConsoleVisit();

  private ConsoleBrowser browser;
  private Page page;

  @BeforeEach
  void openThePage() {
    browser = VISIT.browser();
    page = browser.open("");
    // Until then its texts may still be on their way.
    PlaywrightAssertions.assertThat(page.getByLabel("Operator token")).isVisible();
  }

  @Test
  void daysAreCountedByTheCalendarOfTheZoneThatIsShown() {
    String midnight = "2026-12-01T00:21:00Z";
    assertThat(
            fromNow(
                List.of(
                    List.of("2026-12-03T00:18:00Z", midnight, "UTC"),
                    List.of("2026-11-28T12:18:00Z", midnight, "UTC"),
                    List.of("2026-12-02T00:21:00Z", midnight, "UTC"),
                    List.of("2026-11-29T23:59:59Z", midnight, "UTC"),
                    // Less than a day stays hours and minutes, whatever the date.
                    List.of("2026-12-02T00:20:59Z", midnight, "UTC"),
                    List.of("2026-11-30T23:50:00Z", midnight, "UTC"),
                    List.of("2026-11-30T23:21:00Z", midnight, "UTC"),
                    List.of("2026-12-01T00:21:00Z", midnight, "UTC"),
                    // The same two moments are on other days elsewhere.
                    List.of("2026-12-02T06:00:00Z", "2026-12-01T04:00:00Z", "UTC"),
                    List.of("2026-12-02T06:00:00Z", "2026-12-01T04:00:00Z", "America/New_York"),
                    // The day on which clocks are put back has 25 hours, the other one 23.
                    List.of("2026-10-25T22:30:00Z", "2026-10-24T22:10:00Z", "Europe/Berlin"),
                    List.of("2026-10-25T23:30:00Z", "2026-10-24T22:10:00Z", "Europe/Berlin"),
                    List.of("2026-03-29T22:30:00Z", "2026-03-28T22:30:00Z", "Europe/Berlin"))))
        .containsExactly(
            "in 2 days",
            "3 days ago",
            "tomorrow",
            "2 days ago",
            "in 23 hours",
            "31 minutes ago",
            "1 hour ago",
            "now",
            "tomorrow",
            "in 2 days",
            "in 24 hours",
            "tomorrow",
            "in 2 days");
  }

  @Test
  void thePageCountsDaysAsTheServiceDoes() {
    List<List<String>> questions = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < MOMENTS; i++) {
      ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
      Instant now = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(31_536_000));
      Duration away = Duration.ofHours(26).plusMinutes(random.nextInt(20_000));
      Instant at = random.nextBoolean() ? now.plus(away) : now.minus(away);
      questions.add(List.of(at.toString(), now.toString(), zone.getId()));
      LocalDate today = LocalDate.ofInstant(now, zone);
      expected.add(said(ChronoUnit.DAYS.between(today, LocalDate.ofInstant(at, zone))));
    }
    assertThat(fromNow(questions)).isEqualTo(expected);
  }

  @Test
  void oneThingIsSaidOtherwiseThanManyWhereTheLanguageHasBoth() {
    assertThat(counted("en"))
        .containsExactly(
            "The linter finds 0 errors.",
            "The linter finds 1 error.",
            "The linter finds 2 errors.",
            "The linter finds 1,000,000 errors.");
    assertThat(counted("de").get(3)).isEqualTo("Die Prüfung findet 1.000.000 Fehler.");
    // Spanish has a form of its own for millions, which is that for many here.
    assertThat(counted("es"))
        .containsExactly(
            "La revisión encuentra 0 errores.",
            "La revisión encuentra 1 error.",
            "La revisión encuentra 2 errores.",
            "La revisión encuentra 1.000.000 errores.");
    assertThat(counted("zh-Hans").get(1)).isEqualTo("检查发现 1 个错误。");
  }

  /** The file of a language that was chosen before may come after that of the next one. */
  @Test
  void theLanguageThatWasChosenLastIsShownWhollyAndNamesAreOfIt() {
    assertThat(
            answers(
                """
                async () => {
                  const main = document.querySelector('script[type=module]').src;
                  const { prefer } = await import(new URL('ui/preferences.js', main));
                  const texts = await import(new URL('ui/texts.js', main));
                  const { loadMoreTexts, loadTexts, nameOf, t } = texts;
                  const real = window.fetch;
                  let letGo;
                  const held = new Promise((goOn) => (letGo = goOn));
                  window.fetch = async (url, options) => {
                    if (String(url).endsWith('/de.json')) {
                      await held;
                    }
                    return real(url, options);
                  };
                  const before = nameOf('region', 'DE');
                  prefer({ language: 'de' });
                  // Texts of a later page are on their way when the language is changed again.
                  const pages = [loadTexts(), loadMoreTexts()];
                  prefer({ language: 'es' });
                  const last = loadTexts();
                  letGo();
                  await Promise.all([...pages, last]);
                  const { lang } = document.documentElement;
                  const shown = ['pause', 'remove', 'lint.level'].map((name) => t(name));
                  return [before, lang, ...shown, nameOf('region', 'DE')];
                }
                """,
                null))
        .containsExactly("Germany", "es", "Pausar", "Quitar", "Nivel", "Alemania");
  }

  @Test
  void anAnswerWithoutTextsLeavesThoseThatAreShown() {
    assertThat(
            answers(
                """
                async () => {
                  const main = document.querySelector('script[type=module]').src;
                  const { prefer } = await import(new URL('ui/preferences.js', main));
                  const { loadTexts, t } = await import(new URL('ui/texts.js', main));
                  window.fetch = async () => new Response('{"pause":"an error"}', { status: 500 });
                  prefer({ language: 'de' });
                  const failed = await loadTexts().then(() => 'loaded', () => 'failed');
                  return [failed, document.documentElement.lang, t('pause')];
                }
                """,
                null))
        .containsExactly("failed", "en", "Pause");
  }

  @Test
  void aDayThatNoCalendarHasIsNoInstant() {
    List<String> texts =
        List.of(
            "2026-02-28",
            "2026-02-29",
            "2024-02-29",
            "2026-02-31",
            "2026-13-01",
            "0050-01-01",
            "2026-05-04T23:59",
            "2026-05-04T24:00",
            "2026-5-4",
            "soon",
            "");
    assertThat(
            answers(
                """
                async (texts) => {
                  const main = document.querySelector('script[type=module]').src;
                  const { prefer } = await import(new URL('ui/preferences.js', main));
                  const { instantOf } = await import(new URL('ui/texts.js', main));
                  prefer({ zone: 'utc' });
                  return texts.map((text) => instantOf(text, 1) ?? '-');
                }
                """,
                texts))
        .containsExactly(
            "2026-03-01T00:00:00.000Z",
            "-",
            "2024-03-01T00:00:00.000Z",
            "-",
            "-",
            "-",
            "2026-05-05T23:59:00.000Z",
            "-",
            "-",
            "-",
            "-");
  }

  /** What is no length of time and no large number says itself. */
  @Test
  void lengthsOfTimeAndLargeNumbersOfSettingsAreReadable() {
    List<String> values =
        List.of(
            "395d",
            "90s",
            "PT24H",
            "P1DT2H",
            "PT0S",
            "33554432",
            "999",
            "0.2",
            "",
            "P",
            "PT",
            "Portable",
            "10 m",
            "security,policy",
            "-5000",
            "0012345",
            "https://example.com/8080");
    assertThat(
            answers(
                """
                async (values) => {
                  const main = document.querySelector('script[type=module]').src;
                  const { readable } = await import(new URL('pages/settings.js', main));
                  return values.map((value) => readable(value) ?? '-');
                }
                """,
                values))
        .containsExactly(
            "395 days",
            "1 minute 30 seconds",
            "1 day",
            "1 day 2 hours",
            "0 seconds",
            "33,554,432",
            "-",
            "-",
            "-",
            "-",
            "-",
            "-",
            "-",
            "-",
            "-",
            "-",
            "-");
  }

  /** A port, an id or a year has no thousands. */
  @Test
  void aNumberThatCountsNothingStandsAsItIs() {
    List<List<String>> settings =
        List.of(
            List.of("8080", "quarkus.http.port"),
            List.of("20261201", "towncrier.console.oidc.client-id"),
            List.of("2026", "towncrier.tzdata.year"),
            List.of("4711", "towncrier.id"),
            List.of("65536", "towncrier.limits.body-bytes"),
            List.of("10000", "towncrier.reports.page"),
            // Names that only end like one of those.
            List.of("1000", "towncrier.transport"),
            List.of("2000", "towncrier.updates.grid"));
    assertThat(
            answers(
                """
                async (settings) => {
                  const main = document.querySelector('script[type=module]').src;
                  const { readable } = await import(new URL('pages/settings.js', main));
                  return settings.map(([value, name]) => readable(value, name) ?? '-');
                }
                """,
                settings))
        .containsExactly("-", "-", "-", "-", "65,536", "10,000", "1,000", "2,000");
  }

  @Test
  void aPlaceInADocumentIsCalledAsItsFieldIs() {
    List<String> paths =
        List.of(
            "rollout.phases[1].percentage",
            "phases[0].start",
            "releases[2.0].rollout.phases[0].start",
            "releases[3].version",
            "notes.zh-Hans.title",
            "rules[1].countries.allow",
            "countries.deny[2]",
            "texts.de.incident.measures",
            "audience.versions.before",
            "rollout",
            // What is newer than the page, or no member at all, stands as it is.
            "rollout.waves[0].share",
            "toString",
            "Towncrier-Console",
            "");
    String script =
        """
        async ([language, ...paths]) => {
          const main = document.querySelector('script[type=module]').src;
          const { prefer } = await import(new URL('ui/preferences.js', main));
          const { loadMoreTexts, loadTexts } = await import(new URL('ui/texts.js', main));
          const { inWords } = await import(new URL('ui/paths.js', main));
          prefer({ language });
          await loadTexts();
          await loadMoreTexts();
          return paths.map(inWords);
        }
        """;
    List<String> question = new ArrayList<>(paths);
    question.add(0, "en");
    assertThat(answers(script, question))
        .containsExactly(
            "Phase 2: Share",
            "Phase 1: Not before",
            "Release 2.0: Phase 1: Not before",
            "Release 3: Version",
            "Release notes: Simplified Chinese: Title",
            "Rule 2: Countries: Only in",
            "Countries: Not in 3",
            "Texts: German: What was done",
            "Installed version: Before",
            "Rollout",
            "waves 1: share",
            "toString",
            "Towncrier-Console",
            "");
    assertThat(answers(script, List.of("de", "rollout.phases[1].percentage")))
        .containsExactly("Phase 2: Anteil");
  }

  @Test
  void whatTwoDocumentsDifferInIsFoundPlaceByPlace() {
    assertThat(
            answers(
                """
                async () => {
                  const main = document.querySelector('script[type=module]').src;
                  const { differences } = await import(new URL('ui/conflict.js', main));
                  const phases = [{ percentage: 1 }, { percentage: 100 }];
                  const one = { rollout: { phases }, countries: { allow: ['DE'] }, same: [{}] };
                  one.gone = 1;
                  const other = {
                    same: [{}],
                    countries: { allow: ['DE', 'AT'] },
                    rollout: { phases: [{ percentage: 5, soak: 'P1D' }] },
                    gone: null,
                  };
                  const said = ({ path, theirs, mine }) => `${path}: ${theirs} / ${mine}`;
                  return differences(one, other, Object.keys(one))
                    .map(said)
                    .map((text) => text.replace(/\\s+/g, ' '));
                }
                """,
                null))
        .containsExactly(
            "rollout.phases[0].percentage: 1 / 5",
            "rollout.phases[0].soak: / P1D",
            "rollout.phases[1].percentage: 100 / ",
            "countries.allow: DE / DE, AT",
            "gone: 1 / null");
  }

  @Test
  void settingsStandInGroupsByTheFirstPartOfTheirNames() {
    assertThat(
            answers(
                """
                async (wanted) => {
                  const main = document.querySelector('script[type=module]').src;
                  const { grouped } = await import(new URL('pages/settings.js', main));
                  const settings = {
                    'towncrier.retention.audit': '1095d',
                    'towncrier.demo': 'false',
                    'towncrier.alerts.defaults.push-off': 'policy',
                    'towncrier.alerts.essential': 'Security',
                  };
                  return grouped(settings, wanted).map(
                    ([group, entries]) => `${group}: ${entries.map(([name]) => name).join(' ')}`,
                  );
                }
                """,
                " ALERTS"))
        .containsExactly("alerts: towncrier.alerts.defaults.push-off towncrier.alerts.essential");
  }

  private static String said(long days) {
    return switch ((int) days) {
      case 1 -> "tomorrow";
      case -1 -> "yesterday";
      default -> days > 0 ? "in " + days + " days" : -days + " days ago";
    };
  }

  /** Each question is a moment, the present and a zone. */
  private List<String> fromNow(List<List<String>> questions) {
    return answers(
        """
        async (questions) => {
          const main = document.querySelector('script[type=module]').src;
          const { fromNow } = await import(new URL('ui/texts.js', main));
          return questions.map(([at, now, zone]) => fromNow(at, Date.parse(now), zone));
        }
        """,
        questions);
  }

  private List<String> counted(String language) {
    return answers(
        """
        async (language) => {
          const main = document.querySelector('script[type=module]').src;
          const { prefer } = await import(new URL('ui/preferences.js', main));
          const { counted, loadTexts } = await import(new URL('ui/texts.js', main));
          prefer({ language });
          await loadTexts();
          return [0, 1, 2, 1000000].map((count) => counted('overview.lintErrors', count));
        }
        """,
        language);
  }

  private List<String> answers(String script, Object question) {
    List<?> said = (List<?>) page.evaluate(script, question);
    return said.stream().map(String::valueOf).toList();
  }
}
