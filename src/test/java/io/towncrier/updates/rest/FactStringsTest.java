package io.towncrier.updates.rest;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleRule.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.towncrier.platform.rest.body.ClientBody;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.FactReader;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.testing.Configs;
import io.towncrier.testing.FirmwareTexts;
import io.towncrier.updates.AnswerCheck;
import io.towncrier.updates.CheckCounters;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.FactsQuery;
import io.towncrier.updates.ReadFacts;
import io.towncrier.updates.UpdatesConfig;
import io.towncrier.updates.decision.UpdateDecision;
import io.towncrier.updates.snapshots.SnapshotSource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever stands in an optional fact: the check is answered, as it is without the fact when it is
 * ignored, with a tag of its own, and alike by both verbs.
 */
class FactStringsTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-05-01T12:00:30Z"));
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .serializationInclusion(JsonInclude.Include.NON_ABSENT)
          .build();
  private static final List<String> PRODUCTS = List.of("ladder", "down", "counting");

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

  private final CheckCounters counters = new CheckCounters();
  private final AnswerCheck check =
      AnswerCheck.from(
          SnapshotSource.fixed(content()),
          counters,
          // Many clients at once would be asked to come later.
          Configs.of(
              UpdatesConfig.class, Map.of("towncrier.updates.checks-per-second", "1000000000")),
          CLOCK);
  private final AnswerWriter writer = new AnswerWriter(JSON);

  @ParameterizedTest
  @EnumSource(value = Fact.class, mode = EnumSource.Mode.EXCLUDE, names = "VERSION")
  void noTextOfAFactCostsAnUpdate(Fact fact) throws JsonProcessingException {
    run(fact, 3_000, fact.ordinal());
  }

  /** Run by bench/facts alone. */
  @ParameterizedTest
  @EnumSource(value = Fact.class, mode = EnumSource.Mode.EXCLUDE, names = "VERSION")
  @Tag("bench")
  void noneOfAsManyTextsAsTheBenchAsksForDoes(Fact fact) throws JsonProcessingException {
    int texts = Integer.getInteger("facts.texts", 1_000_000);
    long seed = Long.getLong("facts.seed", 1L << 32) + fact.ordinal();
    int ignored = run(fact, texts, seed);
    System.out.printf("%-9s %,d texts, %,d of them ignored, none refused%n", fact, texts, ignored);
  }

  private int run(Fact fact, int texts, long seed) throws JsonProcessingException {
    FirmwareTexts firmware = new FirmwareTexts(seed);
    int ignored = 0;
    for (int i = 0; i < texts; i++) {
      String text = firmware.next();
      ignored += holdsFor(PRODUCTS.get(i % PRODUCTS.size()), fact, text) ? 1 : 0;
    }
    assertThat(ignored).as("some are read and some are not").isBetween(texts / 10, texts - 1);
    assertThat(counters.ignored(fact)).isGreaterThan(ignored);
    return ignored;
  }

  /** Whether the text was ignored. */
  private boolean holdsFor(String product, Fact fact, String text) throws JsonProcessingException {
    Map<Fact, String> without = new EnumMap<>(GIVEN);
    without.remove(fact);
    if (fact == Fact.COHORT) {
      // It would pass by every share.
      without.remove(Fact.MANUAL);
    }
    Map<Fact, String> with = new EnumMap<>(without);
    with.put(fact, text);

    Answer bare = byGet(product, without);
    Answer answer = byGet(product, with);
    String what = fact + " = " + text;
    assertThat(byGet(product, with)).as(what).isEqualTo(answer);
    assertThat(byPost(product, with)).as(what).isEqualTo(answer);
    if (!answer.ignores(fact)) {
      String tidied = FactReader.tidied(text);
      with.put(fact, tidied);
      assertThat(byGet(product, tidied.isEmpty() ? without : with)).as(what).isEqualTo(answer);
      return false;
    }
    assertThat(answer.decision().facts().ignored().facts()).as(what).containsExactly(fact);
    if (answer.decision().ignored().isEmpty()) {
      // It does not matter: nobody hears that it could not be read.
      assertThat(answer.tag()).as(what).isEqualTo(bare.tag());
      assertThat(answer.body()).as(what).isEqualTo(bare.body());
      return true;
    }
    assertThat(answer.tag()).as(what).isNotEqualTo(bare.tag());
    if (fact == Fact.COUNTER && bare.goesDown()) {
      assertThat(answer.goesDown()).as(what).isFalse();
    } else {
      assertThat(answer.body().replace("\"ignored\":[\"" + fact.code() + "\"],", ""))
          .as(what)
          .isEqualTo(bare.body().replace("\"askAgainWith\":[\"" + fact.code() + "\"],", ""));
    }
    return true;
  }

  private Answer byGet(String product, Map<Fact, String> facts) {
    StringBuilder query = new StringBuilder();
    facts.forEach(
        (fact, text) ->
            query
                .append(query.length() == 0 ? "" : "&")
                .append(fact.code())
                .append('=')
                .append(URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20")));
    return answer(product, FactsQuery.read(query.toString()));
  }

  private Answer byPost(String product, Map<Fact, String> facts) throws JsonProcessingException {
    Map<String, String> members = new LinkedHashMap<>();
    facts.forEach((fact, text) -> members.put(fact.code(), text));
    ClientBody body = ClientBody.read(JSON.writeValueAsBytes(members)).orElseThrow();
    return answer(product, ReadFacts.of(fact -> body.text(fact.code())));
  }

  private Answer answer(String product, ReadFacts facts) {
    CheckResult decision = check.run(product, facts).await().indefinitely();
    return new Answer(
        decision, decision.tag(), new String(writer.body(decision), StandardCharsets.UTF_8));
  }

  private record Answer(CheckResult decision, String tag, String body) {
    boolean ignores(Fact fact) {
      return decision.facts().ignored().has(fact);
    }

    boolean goesDown() {
      return decision.outcome() instanceof UpdateDecision.Offer offer
          && offer.target().version().startsWith("1.");
    }
  }

  private static CatalogueStore.Content content() {
    InstallWindow atNight =
        new InstallWindow(
            Optional.of(new InstallWindow.Hours(LocalTime.of(2, 0), LocalTime.of(4, 0))),
            Set.of(),
            Optional.empty());
    Map<Product, List<Release>> products = new LinkedHashMap<>();
    products.put(
        SampleProduct.product("ladder").build(),
        built(
            release("2.0"),
            release("2.1").withNotesIn("en", "de"),
            release("2.2").allowedIn("DE", "US").withNotesIn("en", "de"),
            release("2.3").installedWithin(atNight),
            release("2.4").forRules(rule("german").speaking("de")),
            release("2.5").forRules(rule("board").onHardware("B1", "v2.1")),
            release("2.6").rolledOutTo(5_000),
            release("2.7").on("candidate")));
    products.put(
        SampleProduct.product("down").build(),
        built(
            release("1.8").forRules(rule("back").priority(5).mayGoDown()).withNotesIn("en", "de"),
            release("2.0"),
            release("2.1").rolledOutTo(5_000)));
    products.put(
        SampleProduct.product("counting").build(),
        built(
            release("1.9").counting(3).forRules(rule("back").priority(5).mayGoDown()),
            release("2.0").counting(3),
            release("2.1").counting(4)));
    return new CatalogueStore.Content(
        new CatalogueStore.Revision("cat_1", 1),
        new Channels(List.of("stable", "candidate")),
        products);
  }

  private static List<Release> built(SampleRelease... releases) {
    return Arrays.stream(releases).map(SampleRelease::build).toList();
  }
}
