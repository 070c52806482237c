package io.towncrier.updates;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.targeting.Fact;
import io.towncrier.testing.FirmwareTexts;
import io.towncrier.testing.KeptAlive;
import io.towncrier.testing.KeptAlive.Answer;
import io.towncrier.testing.PackagedServer;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * As FactStringsTest, through the edge of the packaged server: no text of an optional fact is
 * answered with an error, and one that is ignored costs nothing. Run by bench/facts.
 */
@Tag("bench")
class FactsHttpBench {
  private static final int TEXTS = Integer.getInteger("facts.http", 100_000);
  private static final long SEED = Long.getLong("facts.seed", 1L << 32);
  private static final int AT_ONCE = 40;
  private static final List<Fact> OPTIONAL = Fact.ALL.subList(1, Fact.ALL.size());
  private static final int LONGEST_LINE = 4_000;
  private static final List<String> PRODUCTS = List.of("ladder", "down", "counting");
  // For some alone: the linter refuses a rule that keeps somebody from what is newer for ever.
  private static final String BACK =
      "\"priority\":5,\"downgrade\":true,\"only\":{\"cohorts\":[\"c-7\"]},"
          + "\"installed\":{\"from\":\"2.0\",\"to\":\"2.0\"}";
  // The one time that passes between two answers.
  private static final Pattern COUNTDOWN = Pattern.compile("\"\\w*Seconds\":\\d+");

  private static final Map<Fact, String> GIVEN =
      new EnumMap<>(
          Map.of(
              Fact.VERSION, "2.0",
              Fact.COUNTRY, "DE",
              Fact.TIMEZONE, "Europe/Berlin",
              Fact.LANGUAGE, "de",
              Fact.CHANNEL, "candidate",
              Fact.COHORT, "c-7",
              Fact.HARDWARE, "B1",
              Fact.COUNTER, "2",
              Fact.MANUAL, "true"));

  private static final TestPostgres POSTGRES = new TestPostgres();
  private static PackagedServer server;

  @BeforeAll
  static void start() throws Exception {
    POSTGRES.start();
    server =
        new PackagedServer(
            POSTGRES.url(),
            Map.of(
                "TOWNCRIER_OPERATOR_TOKEN", TestPostgres.OPERATOR_TOKEN,
                "TOWNCRIER_UPDATES_CHECKS_PER_SOURCE", "0",
                "TOWNCRIER_UPDATES_CHECKS_PER_SECOND", "1000000000"));
    server.startIfDead();
    HttpRequest imported =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/v1/admin/catalogue"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + TestPostgres.OPERATOR_TOKEN)
            .POST(HttpRequest.BodyPublishers.ofString(catalogue()))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(imported, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @AfterAll
  static void stop() throws Exception {
    server.kill();
    POSTGRES.stop();
  }

  @ParameterizedTest
  @EnumSource(value = Fact.class, mode = EnumSource.Mode.EXCLUDE, names = "VERSION")
  void noTextOfAFactIsRefused(Fact fact) throws IOException {
    FirmwareTexts firmware = new FirmwareTexts(SEED + fact.ordinal());
    int asked = 0;
    int tooLong = 0;
    int ignored = 0;
    try (KeptAlive connection = new KeptAlive(server.port())) {
      for (int done = 0; done < TEXTS; ) {
        String product = PRODUCTS.get(done / AT_ONCE % PRODUCTS.size());
        List<String> texts = new ArrayList<>();
        while (texts.size() < AT_ONCE && done < TEXTS) {
          String text = firmware.next();
          done++;
          if (path(product, fact, text).length() < LONGEST_LINE) {
            texts.add(text);
          } else {
            tooLong++;
          }
        }
        asked += texts.size();
        ignored += together(connection, product, fact, texts);
      }
    }
    System.out.printf(
        "%-9s %,d texts over HTTP, %,d of them ignored, none refused, %d too long to ask%n",
        fact, asked, ignored, tooLong);
    assertThat(ignored).as("some are read and some are not").isBetween(TEXTS / 10, TEXTS - 1);
  }

  /** The other forms of the check, and texts that nobody has escaped. */
  @ParameterizedTest
  @ValueSource(strings = {"/update/", "/update.txt", "/update.txt/", "/rauc", "/rauc/"})
  void noFormRefusesATextOfAFact(String form) throws IOException {
    FirmwareTexts firmware = new FirmwareTexts(SEED + form.hashCode());
    int asked = 0;
    try (KeptAlive connection = new KeptAlive(server.port())) {
      while (asked < TEXTS) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          Fact fact = OPTIONAL.get((asked + i) % OPTIONAL.size());
          String text = firmware.next();
          paths.add(
              i % 2 == 0
                  ? path("down", form, fact, text)
                  : path("down", form, fact, null) + '&' + fact.code() + '=' + unescaped(text));
        }
        paths.removeIf(path -> path.length() >= LONGEST_LINE);
        for (Answer answer : connection.get(paths, List.of())) {
          assertThat(answer.status()).as(form).isIn(200, 204, 302);
        }
        asked += AT_ONCE;
      }
    }
    System.out.printf("%-13s %,d texts over HTTP, none refused%n", form, asked);
  }

  /** What may stand in a request line, and percent signs in place of all else. */
  private static String unescaped(String text) {
    return text.replaceAll("[^A-Za-z0-9._~%+;:@,/?-]", "%");
  }

  /** The check without the fact, all with it, and those once more with their tags. */
  private static int together(KeptAlive connection, String product, Fact fact, List<String> texts)
      throws IOException {
    List<String> paths = new ArrayList<>(List.of(path(product, fact, null)));
    texts.forEach(text -> paths.add(path(product, fact, text)));
    List<Answer> answers = connection.get(paths, List.of());
    List<String> tags = answers.stream().map(answer -> answer.header("etag")).toList();
    List<Answer> again = connection.get(paths, tags);
    int ignored = 0;
    for (int i = 1; i < answers.size(); i++) {
      String what = fact + " = " + texts.get(i - 1) + " of " + product;
      assertThat(answers.get(i).status()).as(what).isEqualTo(200);
      assertThat(again.get(i).status()).as("with its own tag: " + what).isEqualTo(304);
      ignored += holds(fact, what, answers.get(0), answers.get(i)) ? 1 : 0;
    }
    return ignored;
  }

  /** Whether it was ignored; then it must have cost nothing. */
  private static boolean holds(Fact fact, String what, Answer bare, Answer answer) {
    String mark = "\"ignored\":[\"" + fact.code() + "\"],";
    if (!answer.body().contains("\"ignored\":")) {
      return false;
    }
    assertThat(answer.body()).as(what).contains(mark);
    assertThat(answer.header("etag")).as(what).isNotEqualTo(bare.header("etag"));
    if (fact == Fact.COUNTER && bare.body().contains("\"version\":\"1.")) {
      assertThat(answer.body()).as(what).doesNotContain("\"version\":\"1.");
    } else {
      assertThat(timeless(answer.body().replace(mark, "")))
          .as(what)
          .isEqualTo(
              timeless(bare.body().replace("\"askAgainWith\":[\"" + fact.code() + "\"],", "")));
    }
    return true;
  }

  private static String timeless(String body) {
    return COUNTDOWN.matcher(body).replaceAll("");
  }

  /** As the check is asked for; null leaves the fact out. */
  private static String path(String product, Fact fact, String text) {
    return path(product, "/update", fact, text);
  }

  private static String path(String product, String form, Fact fact, String text) {
    Map<Fact, String> facts = new EnumMap<>(GIVEN);
    facts.remove(fact);
    if (fact == Fact.COHORT) {
      // It would pass by every share.
      facts.remove(Fact.MANUAL);
    }
    if (text != null) {
      facts.put(fact, text);
    }
    StringBuilder path = new StringBuilder("/v1/products/" + product + form + "?");
    facts.forEach(
        (name, value) ->
            path.append(name.code())
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"))
                .append('&'));
    return path.substring(0, path.length() - 1);
  }

  private static String catalogue() {
    return """
    {"channels":["stable","candidate"],
     "products":[%s],
     "releases":[
      %s, %s, %s, %s, %s, %s, %s, %s,
      %s, %s, %s,
      %s, %s, %s]}
    """
        .formatted(
            String.join(",", PRODUCTS.stream().map(FactsHttpBench::product).toList()),
            release("ladder", "2.0", ""),
            release("ladder", "2.1", ""),
            release("ladder", "2.2", ",\"countries\":{\"allow\":[\"DE\",\"US\"]}"),
            release("ladder", "2.3", ",\"install\":{\"from\":\"02:00\",\"to\":\"04:00\"}"),
            release("ladder", "2.4", rule("\"languages\":[\"de\"]")),
            release("ladder", "2.5", rule("\"hardware\":[\"B1\",\"v2.1\"]")),
            release("ladder", "2.6", rollout()),
            release("ladder", "2.7", ",\"channel\":\"candidate\""),
            release("down", "1.8", rule(BACK)),
            release("down", "2.0", ""),
            release("down", "2.1", ""),
            release("counting", "1.9", ",\"counter\":3" + rule(BACK)),
            release("counting", "2.0", ",\"counter\":3"),
            release("counting", "2.1", ",\"counter\":4"));
  }

  private static String product(String id) {
    return "{\"id\":\"%s\",\"name\":\"%s\",\"kind\":\"firmware\",\"defaultLanguage\":\"en\"}"
        .formatted(id, id);
  }

  private static String release(String product, String version, String more) {
    return """
    {"products":["%s"],"version":"%s","severity":"recommended",
     "publishedAt":"2026-05-01T00:00:00Z",
     "notes":{"en":{"title":"T","body":"B"},"de":{"title":"T de","body":"B de"}}%s}
    """
        .formatted(product, version, more);
  }

  private static String rule(String members) {
    return ",\"rules\":[{\"name\":\"r\",%s}]".formatted(members);
  }

  private static String rollout() {
    return ",\"rollout\":{\"phases\":[{\"percentage\":50,\"start\":\"2026-05-01T00:00:00Z\"}]}";
  }
}
