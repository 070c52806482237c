package io.towncrier.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.artifacts.HostedArtifact;
import io.towncrier.consents.ConsentAct;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.ladder.DropReason;
import io.towncrier.delivery.ladder.PushStep;
import io.towncrier.delivery.ladder.StepSource;
import io.towncrier.delivery.recall.RecallGround;
import io.towncrier.events.EventTopic;
import io.towncrier.fleet.DeviceTimeline;
import io.towncrier.halts.HaltCell;
import io.towncrier.notices.canary.CanaryState;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.notices.text.PolicyChange;
import io.towncrier.outcomes.health.Thresholds;
import io.towncrier.outcomes.health.Verdict;
import io.towncrier.outcomes.state.FailureCode;
import io.towncrier.outcomes.state.OutcomeEvent;
import io.towncrier.outcomes.state.OutcomePolicy;
import io.towncrier.outcomes.state.OutcomeState;
import io.towncrier.platform.ProblemCode;
import io.towncrier.preferences.AlertsChange;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.Suppression;
import io.towncrier.privacyrequests.Deadline;
import io.towncrier.privacyrequests.RefusalReason;
import io.towncrier.privacyrequests.RequestAnswer;
import io.towncrier.privacyrequests.RequestKind;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.updates.decision.Explanation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The house rules of the console's files, which no compiler holds. */
@Tag("zoneless")
class ConsoleFilesTest {
  private static final Path FOLDER = Path.of("src/main/resources/console");
  private static final String SOURCES = "src/main/java/io/towncrier";
  private static final int LONGEST_FILE = 300;
  private static final int MOST_LINES = 7_800;

  /** Answers with data come on top of these. */
  private static final int FIRST_LOOK_REQUESTS = 34;

  private static final int FIRST_LOOK_BYTES = 60_000;
  private static final List<String> LANGUAGES = List.of("en", "de", "es", "zh-Hans");

  private static final Map<String, Pattern> FORBIDDEN =
      Map.of(
          "markup from text",
          Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|dangerouslySet|document\\.write"),
          "a style in the document",
          Pattern.compile("\\bstyle=|\\.style\\b|cssText"),
          "code from text",
          Pattern.compile("\\beval\\(|new Function|javascript:"),
          "something kept in the browser",
          Pattern.compile("localStorage|sessionStorage|indexedDB|document\\.cookie"),
          "a file of another site",
          Pattern.compile("(from|import\\() ?['\"](https?:|//)"));

  private static final Pattern TEXT = Pattern.compile("\\b(?:t|counted)\\(\\s*'([\\w.-]+)'");
  private static final Pattern COUNTED = Pattern.compile("\\bcounted\\(\\s*'([\\w.-]+)'");
  private static final Pattern EITHER =
      Pattern.compile("\\bt\\([^`)\\n]*?\\? '([\\w.-]+)' : '([\\w.-]+)'");

  @Test
  void everyFileIsListedAndNoOther() throws IOException {
    Set<String> there;
    try (Stream<Path> files = Files.walk(FOLDER)) {
      there =
          files
              .filter(Files::isRegularFile)
              .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
              .filter(name -> !name.equals("files.txt") && !name.equals("page.html"))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    there.addAll(List.of("lib/preact.js", "lib/hooks.js", "lib/htm.js"));
    assertThat(Files.readAllLines(FOLDER.resolve("files.txt"))).containsExactlyElementsOf(there);
  }

  @Test
  void noScriptDoesWhatThePolicyForbids() {
    assertThat(
            scripts().entrySet().stream()
                .flatMap(script -> forbidden(script.getKey(), script.getValue()).stream()))
        .isEmpty();
    assertThat(forbidden("x.js", "e.innerHTML = t; e.style.color = c; eval(x); localStorage.a"))
        .hasSize(4);
    assertThat(forbidden("x.js", "html`<p style=${s}>`; import x from 'https://cdn/x.js'"))
        .hasSize(2);
  }

  @Test
  void filesStaySmall() {
    Map<String, String> all = scripts();
    all.forEach((name, text) -> assertThat(text.lines().count()).as(name).isLessThan(LONGEST_FILE));
    assertThat(all.values().stream().mapToLong(text -> text.lines().count()).sum())
        .isLessThan(MOST_LINES);
  }

  /**
   * What the frame and the first page import, and what they import in turn: a browser fetches no
   * more.
   */
  @Test
  void theFirstLookIsSixtyKilobytes() {
    Set<String> fetched = new TreeSet<>();
    imported("main.js", fetched);
    imported("pages/overview.js", fetched);
    assertThat(fetched).contains("ui/frame.js", "ui/live.js").doesNotContain("ui/palette.js");
    fetched.addAll(List.of("lib/preact.js", "lib/hooks.js", "lib/htm.js", "texts/de.json"));
    fetched.addAll(List.of("style/base.css", "style/frame.css", "style/parts.css"));
    ConsoleFiles files = ConsoleFiles.read();
    assertThat(fetched.stream().mapToInt(name -> packed(files, name)).sum())
        .isBetween(20_000, FIRST_LOOK_BYTES);
    assertThat(fetched).hasSizeLessThanOrEqualTo(FIRST_LOOK_REQUESTS);
  }

  private static void imported(String name, Set<String> fetched) {
    if (!fetched.add(name)) {
      return;
    }
    Matcher from =
        Pattern.compile("(?m)^(?:import|export)\\b[^;]*? from '(\\.[^']+)'")
            .matcher(scripts().get(name));
    while (from.find()) {
      Path there = Path.of(name).resolveSibling(from.group(1)).normalize();
      imported(there.toString().replace('\\', '/'), fetched);
    }
  }

  @Test
  void everyLanguageHasEveryText() {
    Map<String, Map<String, String>> texts = texts();
    Set<String> names = texts.get("en").keySet();
    texts.forEach(
        (language, own) -> {
          assertThat(own.keySet()).as(language).containsExactlyInAnyOrderElementsOf(names);
          own.forEach(
              (name, text) -> {
                assertThat(text).as(language + " " + name).isNotBlank();
                assertThat(places(text))
                    .as(language + " " + name)
                    .isEqualTo(places(texts.get("en").get(name)));
              });
        });
  }

  /** A form for one and another for the rest, where the language has both. */
  @Test
  void aTextThatCountsHasTheFormsOfItsLanguage() {
    Map<String, Map<String, String>> texts = texts();
    Set<String> counting = new TreeSet<>();
    scripts()
        .values()
        .forEach(
            script ->
                COUNTED.matcher(script).results().map(m -> m.group(1)).forEach(counting::add));
    assertThat(counting).hasSizeGreaterThan(15);
    texts.forEach(
        (language, own) ->
            own.forEach(
                (name, text) -> {
                  String[] forms = text.split(" \\| ", -1);
                  boolean counts = counting.contains(name) || name.startsWith("whyNot.");
                  int most = counts && !language.equals("zh-Hans") ? 2 : 1;
                  assertThat(forms.length).as(language + " " + name).isLessThanOrEqualTo(most);
                  for (String form : forms) {
                    assertThat(places(form)).as(language + " " + name).isEqualTo(places(text));
                  }
                }));
    counting.forEach(
        name ->
            List.of("en", "es")
                .forEach(language -> assertThat(texts.get(language).get(name)).contains(" | ")));
  }

  @Test
  void everyTextThatAPageNamesIsThere() {
    Set<String> names = texts().get("en").keySet();
    Set<String> named = new TreeSet<>();
    scripts().values().forEach(script -> named.addAll(named(script)));
    assertThat(named).hasSizeGreaterThan(300);
    assertThat(named).filteredOn(name -> !names.contains(name)).isEmpty();
    assertThat(named("t('no.such.text')")).containsExactly("no.such.text");
    assertThat(named("t(a ? 'one' : 'two')")).containsExactly("one", "two");
    assertThat(named("counted('so.many', 3)")).containsExactly("so.many");
  }

  /** A page that brings no texts of its own has those of the first look alone. */
  @Test
  void pagesOfTheFirstLookNameNoTextThatComesLater() throws IOException {
    Set<String> fetched = new TreeSet<>();
    imported("main.js", fetched);
    imported("ui/palette.js", fetched);
    Matcher first =
        Pattern.compile("', \\(\\) => import\\('\\./([\\w-]+\\.js)'\\)")
            .matcher(scripts().get("pages/index.js"));
    while (first.find()) {
      imported("pages/" + first.group(1), fetched);
    }
    assertThat(fetched).contains("pages/overview.js", "pages/explain.js", "ui/dialogs.js");
    Set<?> names =
        new ObjectMapper().readValue(FOLDER.resolve("texts/en.json").toFile(), Map.class).keySet();
    Map<String, String> scripts = scripts();
    assertThat(fetched.stream().flatMap(name -> named(scripts.get(name)).stream()))
        .hasSizeGreaterThan(150)
        .filteredOn(name -> !names.contains(name))
        .isEmpty();
  }

  @Test
  void everyMemberOfADocumentThatIsNamedHasItsText() {
    String paths = scripts().get("ui/paths.js");
    List<String> labels =
        Pattern.compile("\\b\\w+: '([\\w.]+)'")
            .matcher(paths)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(labels).hasSizeGreaterThan(60);
    assertThat(texts().get("en").keySet()).containsAll(labels);
  }

  @Test
  void everyCodeOfTheServiceHasWordsInEveryLanguage() {
    List<String> codes = new ArrayList<>();
    codes(Refusal.values()).forEach(code -> codes.add("refusal." + code));
    codes(Suppression.values()).forEach(code -> codes.add("suppressed." + code));
    codes(NoticeKind.values()).forEach(code -> codes.add("kind." + code));
    codes(PolicyChange.values()).forEach(code -> codes.add("policy." + code));
    codes(HaltCell.Part.values()).forEach(code -> codes.add("part." + code));
    codes(ProblemCode.values()).forEach(code -> codes.add("problem." + code));
    codes(OutcomeState.values()).forEach(code -> codes.add("attempt." + code));
    codes(OutcomeEvent.values()).forEach(code -> codes.add("event." + code));
    FailureCode.ALL.forEach(failure -> codes.add("failure." + failure.code()));
    codes(Verdict.Reason.values()).forEach(code -> codes.add("verdict." + code));
    codes(HostedArtifact.State.values()).forEach(code -> codes.add("artifactState." + code));
    codes(RequestKind.values()).forEach(code -> codes.add("requestKind." + code));
    codes(RequestAnswer.values()).forEach(code -> codes.add("answer." + code));
    codes(RefusalReason.values()).forEach(code -> codes.add("requestRefusal." + code));
    codes(Deadline.Urgency.values()).forEach(code -> codes.add("urgency." + code));
    codes(DeviceTimeline.What.values()).forEach(code -> codes.add("happened." + code));
    codes(Outbox.State.values()).forEach(code -> codes.add("delivery." + code));
    codes(RecallGround.values()).forEach(code -> codes.add("recallFor." + code));
    codes(Category.values()).forEach(code -> codes.add("category." + code));
    codes(AlertsChange.Source.values()).forEach(code -> codes.add("alertsBy." + code));
    codes.add("step.accepted");
    codes(PushStep.values()).forEach(code -> codes.add("step." + code));
    codes(StepSource.values()).forEach(code -> codes.add("toldBy." + code));
    codes(DropReason.values()).forEach(code -> codes.add("dropped." + code));
    codes(CanaryState.values()).forEach(code -> codes.add("canaryState." + code));
    codes(ConsentAct.Kind.values()).forEach(code -> codes.add("consent." + code));
    Stream.of(EventTopic.values()).forEach(topic -> codes.add("topic." + topic.code()));
    assertThat(codes).hasSizeGreaterThan(150);
    texts().forEach((language, own) -> assertThat(own.keySet()).as(language).containsAll(codes));
  }

  /** Codes that are texts in the service's sources and stand in no enum. */
  @Test
  void everyGateFindingActionAndCheckHasWordsInEveryLanguage() throws IOException {
    String decision = SOURCES + "/updates/decision/Gate.java";
    List<String> codes = new ArrayList<>();
    codes(Explanation.Standing.values()).forEach(code -> codes.add("standing." + code));
    codes.addAll(written("gate", "(?:new Gate\\(|String [A-Z_]+ = )\"([a-z-]+)\"", decision, 8));
    codes.addAll(written("finding", "\"([a-z]+(?:-[a-z]+)+)\"", SOURCES + "/updates/lint", 12));
    codes.addAll(
        written("action", "\"((?!towncrier\\.)[a-z-]+\\.[a-z-]+)\"", "Audit", SOURCES, 40));
    codes.addAll(written("check", "HealthCheckResponse\\.named\\(\\s*\"([a-z -]+)\"", SOURCES, 5));
    String canary = SOURCES + "/notices/canary/JudgeCanary.java";
    codes.addAll(written("canaryBecause", "\\(device, \"([a-z-]+)\"", canary, 3));
    codes.addAll(written("canaryBecause", "\"(not-[a-z]+)\"", canary, 2));
    codes.addAll(written("healthFact", "withData\\(\\s*\"(\\w+)\"", SOURCES, 10));
    texts().forEach((language, own) -> assertThat(own.keySet()).as(language).containsAll(codes));
  }

  /** Of what is given up the push service's own code is kept, of what waits ours. */
  @Test
  void everyReasonOfADeliveryHasWordsInEveryLanguage() throws IOException {
    String delivery = SOURCES + "/delivery";
    String code = "\"([A-Za-z][\\w-]*[A-Za-z])\"";
    List<String> codes = new ArrayList<>();
    codes.addAll(
        written(
            "failed",
            "(?:AddressGone|AddressIdle|TryLater|NoticeRefused)\\(\\s*" + code,
            delivery,
            10));
    codes.addAll(written("failed", "filter\\(" + code + "::equals", delivery + "/fcm", 3));
    codes.addAll(written("because", "waiting\\(due, target, " + code, delivery, 3));
    codes.addAll(written("because", "String REFUSED = " + code, delivery, 1));
    codes.addAll(written("because", "pending\\(sent, " + code, delivery, 1));
    codes.addAll(written("because", "ProviderRefused\\(\\s*" + code, delivery, 4));
    texts().forEach((language, own) -> assertThat(own.keySet()).as(language).containsAll(codes));
  }

  /** They stand in a log of their own: who asks for one here would never find any. */
  @Test
  void thePageOfTheAuditLogOffersNoLookAsAnAction() throws IOException {
    Matcher written =
        Pattern.compile("const READS = /(.+)/;").matcher(scripts().get("pages/audit.js"));
    assertThat(written.find()).isTrue();
    Pattern reads = Pattern.compile(written.group(1));
    Set<String> looks = written("action", "\"([a-z-]+\\.[a-z-]+)\"", "AuditReads", SOURCES, 7);
    assertThat(
            texts().get("en").keySet().stream()
                .filter(name -> name.startsWith("action."))
                .filter(name -> reads.matcher(name.substring("action.".length())).matches()))
        .containsExactlyInAnyOrderElementsOf(looks);
  }

  /** With what the page compares a policy where nothing is set. */
  @Test
  void thePageKnowsTheDefaultsOfAPolicy() {
    OutcomePolicy policy = OutcomePolicy.DEFAULT;
    Thresholds judged = Thresholds.DEFAULT;
    String retried =
        new TreeSet<>(policy.retried())
            .stream().map(code -> "'" + code + "'").collect(Collectors.joining(", "));
    assertThat(scripts().get("pages/policy.js"))
        .contains(
            "attempts: %d, backOff: '%s', confirmSoak: '%s', restartLimit: '%s', timeOut: '%s',"
                .formatted(
                    policy.attempts(),
                    policy.backOff(),
                    policy.confirmSoak(),
                    policy.restartLimit(),
                    policy.timeOut()),
            " failures: %d, minimum: %d, downloads: %d,"
                .formatted(
                    Math.round(100 * judged.failures()),
                    judged.minimum(),
                    Math.round(100 * judged.downloads())),
            "retried: [" + retried + "]");
  }

  private static Set<String> written(String kind, String code, String place, int atLeast)
      throws IOException {
    return written(kind, code, "", place, atLeast);
  }

  /** What a pattern finds in sources that have this word; fewer would mean that it finds none. */
  private static Set<String> written(
      String kind, String code, String word, String place, int atLeast) throws IOException {
    Pattern pattern = Pattern.compile(code);
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of(place))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        if (source.contains(word)) {
          pattern.matcher(source).results().forEach(m -> found.add(kind + "." + m.group(1)));
        }
      }
    }
    assertThat(found).as(kind).hasSizeGreaterThanOrEqualTo(atLeast);
    return found;
  }

  private static Stream<String> codes(Enum<?>[] values) {
    return Arrays.stream(values)
        .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static List<String> forbidden(String name, String script) {
    return FORBIDDEN.entrySet().stream()
        // The one place that keeps something, and says what.
        .filter(
            rule ->
                !name.equals("ui/preferences.js")
                    || !rule.getKey().equals("something kept in the browser"))
        .filter(rule -> rule.getValue().matcher(script).find())
        .map(rule -> name + " has " + rule.getKey())
        .toList();
  }

  private static Set<String> named(String script) {
    Set<String> named = new TreeSet<>();
    TEXT.matcher(script).results().map(found -> found.group(1)).forEach(named::add);
    EITHER
        .matcher(script)
        .results()
        .forEach(found -> named.addAll(List.of(found.group(1), found.group(2))));
    return named;
  }

  private static Set<String> places(String text) {
    return Pattern.compile("\\{\\w+}")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static int packed(ConsoleFiles files, String name) {
    ConsoleFiles.File file = files.find(name).orElseThrow();
    return file.gzipped().orElse(file.bytes()).length;
  }

  private static Map<String, String> scripts() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      Map<String, String> scripts = new TreeMap<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".js")).toList()) {
        scripts.put(FOLDER.relativize(file).toString().replace('\\', '/'), Files.readString(file));
      }
      return scripts;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Map<String, Map<String, String>> texts() {
    Map<String, Map<String, String>> texts = new TreeMap<>();
    for (String language : LANGUAGES) {
      try {
        Map<String, String> own = new TreeMap<>();
        for (String place : List.of("texts/", "texts/more/")) {
          Map<?, ?> read =
              new ObjectMapper()
                  .readValue(FOLDER.resolve(place + language + ".json").toFile(), Map.class);
          read.forEach(
              (name, text) ->
                  assertThat(own.put((String) name, (String) text)).as("" + name).isNull());
        }
        texts.put(language, own);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return texts;
  }
}
