package io.towncrier.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.ddi.actions.History;
import io.towncrier.ddi.rest.ClientJsonForTests;
import io.towncrier.devices.Device;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.time.TimeZoneId;
import io.towncrier.releases.Content;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.updates.AnswerCheck;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.PlainAnswer;
import io.towncrier.updates.ReadFacts;
import io.towncrier.updates.UpdateAnswer;
import io.towncrier.updates.decision.RandomFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random clients of random products hear the same in every dialect. */
class DialectsAgreeTest {
  private static final int IN_THE_GATE = 2_000;
  private static final int ALL = 20_000;
  // Lists of devices in the random rules name others.
  private static final String DEVICE = "dev_of_no_list";

  @Test
  void tenThousandFactsGetTheSameReleaseOrTheSameReasonInEveryDialect() {
    long offers = agree(IN_THE_GATE, Plan::of);

    assertThat(offers).as("offers among the answers").isGreaterThan(1_000);
  }

  @Test
  void aDialectThatDecidesByItselfIsCaught() {
    // As if one dialect offered whatever is newer, in or out of the window.
    AtomicReference<Throwable> caught = new AtomicReference<>();
    try {
      agree(50, (decided, history, client) -> new Plan.Offer("2.0"));
    } catch (AssertionError different) {
      caught.set(different);
    }
    assertThat(caught).doesNotHaveNullValue();
  }

  @Test
  @Tag("bench")
  void aHundredThousandFacts() {
    assertThat(agree(ALL, Plan::of)).isPositive();
  }

  private interface Dialect {
    Plan plan(CheckResult decided, History history, ClientKind client);
  }

  /** How many of the answers were offers. */
  private static long agree(int fleets, Dialect ddi) {
    return LongStream.range(0, fleets)
        .map(
            seed -> {
              RandomFleet fleet = RandomFleet.of(seed);
              AtomicReference<Instant> now = new AtomicReference<>(RandomFleet.NOW);
              AnswerCheck check =
                  SampleChecks.of(
                      fleet.product(),
                      fleet.releases().stream().map(DialectsAgreeTest::withFiles).toList(),
                      fleet.channels(),
                      now::get);
              return fleet.asks().stream()
                  .filter(
                      ask -> {
                        now.set(ask.now());
                        return isSameEverywhere(
                            "seed " + seed, check, fleet.product().id(), ask, ddi);
                      })
                  .count();
            })
        .sum();
  }

  private static Release withFiles(Release release) {
    return new Release(
        release.version(),
        release.counter(),
        release.state(),
        release.severity(),
        release.mandatory(),
        release.publishedAt(),
        release.targeting(),
        release.rollout(),
        new Content(
            release.content().notes(),
            List.of(SampleFiles.SWU, SampleFiles.RAUCB),
            release.content().advisory()));
  }

  /** Whether it is an offer. */
  private static boolean isSameEverywhere(
      String seed, AnswerCheck check, String product, RandomFleet.Ask ask, Dialect ddi) {
    Map<Fact, String> texts = texts(ask.facts());
    ReadFacts given = ReadFacts.of(texts::get);
    Optional<UpdateAnswer> json = answer(() -> result(check, product, given));
    ClientFacts device = throughConfigData(texts).forDecision(DEVICE);
    if (json.isEmpty()) {
      // No version can be read: a device that says none is offered nothing.
      assertThat(device.version()).as(seed).isEmpty();
      return false;
    }
    String expected = told(json.get());
    assertThat(told(PlainAnswer.of(json.get()))).as("plain, " + seed).isEqualTo(expected);
    // RAUC's headers are one more way to say the same texts.
    CheckResult anonymous = result(check, product, given);
    assertThat(told(PollRauc.answer(anonymous), anonymous)).as("RAUC, " + seed).isEqualTo(expected);

    CheckResult registered =
        check
            .run(product, ask.facts().manual() ? device.askedByHand() : device)
            .await()
            .atMost(Duration.ofSeconds(5));
    for (ClientKind client : ClientKind.values()) {
      Plan plan = ddi.plan(registered, History.NONE, client);
      assertThat(told(plan, registered, client)).as(client + ", " + seed).isEqualTo(expected);
    }
    return json.get().release().isPresent();
  }

  private static String told(UpdateAnswer answer) {
    boolean isClosed = answer.installWindow().map(w -> w.opensInSeconds() > 0).orElse(false);
    return answer
        .release()
        .map(r -> r.version() + (isClosed ? " later" : ""))
        .orElseGet(() -> answer.reason().orElse("nothing"));
  }

  private static String told(String plain) {
    Map<String, String> lines =
        plain
            .lines()
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    boolean isClosed = !lines.getOrDefault("window.opensInSeconds", "0").equals("0");
    String version = lines.get("version");
    return version != null
        ? version + (isClosed ? " later" : "")
        : lines.getOrDefault("reason", "nothing");
  }

  private static String told(PollRauc.Answer answer, CheckResult decided) {
    return answer.bundle().isPresent() ? version(decided) : later(answer.reason(), decided);
  }

  private static String told(Plan plan, CheckResult decided, ClientKind client) {
    if (plan instanceof Plan.Offer offer) {
      // rauc-hawkbit-updater hears of it in advance, and that it may not install yet.
      return offer.version()
          + (client == ClientKind.RAUC && Plan.isClosed(decided) ? " later" : "");
    }
    return later(((Plan.Nothing) plan).reason(), decided);
  }

  private static String later(Optional<String> reason, CheckResult decided) {
    return reason.filter(Plan.WINDOW_CLOSED::equals).isPresent()
        ? version(decided) + " later"
        : reason.orElse("nothing");
  }

  private static String version(CheckResult decided) {
    return Plan.offer(decided).orElseThrow().release().version();
  }

  private static CheckResult result(AnswerCheck check, String product, ReadFacts given) {
    return check.run(product, given).await().atMost(Duration.ofSeconds(5));
  }

  private static Optional<UpdateAnswer> answer(java.util.function.Supplier<CheckResult> check) {
    try {
      return Optional.of(check.get().answer());
    } catch (ProblemException refused) {
      return Optional.empty();
    }
  }

  /** As clients write them. */
  private static Map<Fact, String> texts(ClientFacts facts) {
    Function<Fact, @Nullable String> text =
        fact ->
            switch (fact) {
              case VERSION -> facts.version();
              case COUNTRY -> facts.country().map(CountryCode::value).orElse(null);
              case TIMEZONE -> facts.timeZone().map(TimeZoneId::nameOf).orElse(null);
              case LANGUAGE -> facts.language().map(LanguageTag::value).orElse(null);
              case CHANNEL -> facts.channel();
              case COHORT -> facts.cohort().orElse(null);
              case HARDWARE -> facts.hardware().orElse(null);
              case COUNTER ->
                  facts.ignored().has(Fact.COUNTER)
                      ? "many"
                      : facts.counter().isPresent()
                          ? Long.toString(facts.counter().getAsLong())
                          : null;
              case MANUAL -> Boolean.toString(facts.manual());
              case ROLLOUTS -> null;
            };
    Map<Fact, String> texts = new java.util.EnumMap<>(Fact.class);
    Fact.ALL.forEach(
        fact -> Optional.ofNullable(text.apply(fact)).ifPresent(value -> texts.put(fact, value)));
    return texts;
  }

  /**
   * The facts of a device that has said the six keys in configData; channel and cohort stand in its
   * row, and its user's button is no key.
   */
  private static Device.Facts throughConfigData(Map<Fact, String> texts) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode data = body.putObject("data");
    texts.forEach((fact, text) -> data.put(fact.code(), text));
    ReadFacts given =
        TakeConfigData.given(TakeConfigData.Mode.MERGE, ClientJsonForTests.facts(body));
    ClientFacts read =
        ReadFacts.of(
                fact ->
                    fact == Fact.CHANNEL || fact == Fact.COHORT ? texts.get(fact) : given.get(fact))
            .orVersion("")
            .read(new InputReader());
    return new Device.Facts(
        given.version() == null ? "" : read.version(),
        read.country(),
        read.timeZone().map(TimeZoneId::nameOf),
        read.language(),
        read.channel(),
        read.cohort(),
        read.hardware(),
        read.counter(),
        read.ignored().has(Fact.COUNTER));
  }
}
