package io.towncrier.updates.rest;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleFacts.installed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.towncrier.releases.Advisory;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.rollout.Share;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.FactSet;
import io.towncrier.releases.targeting.Ignored;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.releases.targeting.SampleFacts;
import io.towncrier.releases.version.VersionRange;
import io.towncrier.updates.AskedFor;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.NextCheck;
import io.towncrier.updates.UpdateAnswer;
import io.towncrier.updates.decision.UpdateDecision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AnswerWriterTest {
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .serializationInclusion(JsonInclude.Include.NON_ABSENT)
          .build();
  private static final Product PLAIN = SampleProduct.product("archer").build();
  private static final Product ENDING =
      SampleProduct.product("archer").supportedUntil("2027-12-31").build();

  private static final NextCheck SIX_HOURS = new NextCheck(21_600, 2_160);

  private final AnswerWriter writer = new AnswerWriter(JSON);

  @Test
  void everyKindOfAnswerHasTheBytesThatJacksonWrites() throws JsonProcessingException {
    assertSame(decision(PLAIN, "1.0", new UpdateDecision.UpToDate(), Optional.empty()));
    assertSame(decision(ENDING, "1.0", new UpdateDecision.Unsupported(), Optional.empty()));
    assertSame(
        decision(
            ENDING,
            "odd \"version\" \\ ü",
            new UpdateDecision.HeldBack(Refusal.UNKNOWN_VERSION),
            Optional.empty()));
    assertSame(decision(PLAIN, "1.0", offer(), Optional.empty()));
    assertSame(
        decision(
            PLAIN, "1.0", offer(), Optional.of(new UpdateAnswer.Window(0, OptionalLong.of(7200)))));
    assertSame(
        decision(
            ENDING,
            "1.0",
            offer(),
            Optional.of(new UpdateAnswer.Window(60, OptionalLong.empty()))));
  }

  @Test
  void whatWasIgnoredIsWrittenInTheOrderOfTheFacts() throws JsonProcessingException {
    for (UpdateDecision outcome : List.of(offer(), new UpdateDecision.UpToDate())) {
      CheckResult decision =
          new CheckResult(
              "s1",
              ENDING,
              installed("1.0").ignoring(Fact.MANUAL).ignoring(Fact.COUNTRY).build(),
              outcome,
              Optional.empty(),
              SIX_HOURS,
              Optional.empty());
      assertSame(decision);
      assertThat(new String(writer.body(decision), StandardCharsets.UTF_8))
          .contains("\"ignored\":[\"country\",\"manual\"]");
    }
  }

  @Test
  void whatIsAskedOfTheClientIsWritten() throws JsonProcessingException {
    FactSet facts = FactSet.of(Fact.COUNTRY, Fact.COHORT, Fact.MANUAL);
    for (FactSet missing : List.of(FactSet.NONE, FactSet.of(Fact.COHORT))) {
      for (List<Share> shares :
          List.of(List.<Share>of(), List.of(new Share("a/2", 1), new Share("b\"", 9_999)))) {
        AskedFor asked =
            new AskedFor(
                facts,
                missing.isEmpty() ? Optional.empty() : Optional.of(Instant.EPOCH),
                shares,
                missing,
                Ignored.NONE);
        assertSame(
            new CheckResult(
                "s1",
                PLAIN,
                installed("1.0").build(),
                new UpdateDecision.UpToDate(),
                Optional.empty(),
                SIX_HOURS,
                Optional.of(asked)));
      }
    }
  }

  @Test
  void whatIsOfferedInAnotherLanguageOrSnapshotIsNotMixedUp() throws JsonProcessingException {
    for (String snapshot : new String[] {"s1", "s2", "s1"}) {
      for (String language : new String[] {"de", "en", "de"}) {
        SampleFacts facts = installed("1.0").speaking(language);
        CheckResult decision =
            new CheckResult(
                snapshot,
                PLAIN,
                facts.build(),
                offer(),
                Optional.empty(),
                SIX_HOURS,
                Optional.empty());
        assertSame(decision);
        assertThat(new String(writer.body(decision), StandardCharsets.UTF_8))
            .contains("\"language\":\"" + language + "\"");
      }
    }
  }

  private static UpdateDecision offer() {
    Release floor =
        release("1.5")
            .withNotesIn("en", "de")
            .counting(7)
            .closing(
                new Advisory(
                    "CVE-2026-1",
                    Advisory.Severity.HIGH,
                    new VersionRange(Optional.empty(), Optional.empty(), Optional.of("1.5")),
                    "A \"gap\"",
                    "Update"))
            .build();
    return new UpdateDecision.Offer(floor, release("2.0").build(), Optional.empty());
  }

  private static CheckResult decision(
      Product product,
      String installed,
      UpdateDecision outcome,
      Optional<UpdateAnswer.Window> window) {
    return new CheckResult(
        "s1", product, installed(installed).build(), outcome, window, SIX_HOURS, Optional.empty());
  }

  private void assertSame(CheckResult decision) throws JsonProcessingException {
    assertThat(new String(writer.body(decision), StandardCharsets.UTF_8))
        .isEqualTo(JSON.writeValueAsString(decision.answer()));
  }
}
