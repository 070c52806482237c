package io.towncrier.ddi.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.ddi.TakeConfigData;
import io.towncrier.ddi.actions.Feedback;
import io.towncrier.platform.ProblemException;
import io.towncrier.releases.targeting.Fact;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What clients of DDI send, in whatever form. */
class ClientJsonTest {
  @Test
  void feedbackOfBothClientsIsRead() {
    // swupdate's.
    assertThat(
            feedback(
                """
                {"id":"7","status":{"result":{"finished":"success","progress":{"cnt":-1,"of":0}},
                 "execution":"closed","details":["Done","at once"]}}
                """))
        .isEqualTo(
            new Feedback(
                Feedback.Execution.CLOSED, Feedback.Finished.SUCCESS, List.of("Done", "at once")));
    // rauc-hawkbit-updater's.
    assertThat(
            feedback(
                """
                {"id":7,"time":"20261130T081200","status":{"result":{"finished":"none"},
                 "execution":"proceeding","details":["Download complete"]}}
                """))
        .isEqualTo(
            new Feedback(
                Feedback.Execution.PROCEEDING,
                Feedback.Finished.NONE,
                List.of("Download complete")));
    assertThat(feedback("{\"status\":{\"execution\":\"download\"}}").finished())
        .isEqualTo(Feedback.Finished.NONE);
  }

  @Test
  void whatIsNoFeedbackNamesWhatIs() {
    for (String bad :
        List.of(
            "{}",
            "{\"status\":7}",
            "{\"status\":{\"execution\":\"exploded\"}}",
            "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"perhaps\"}}}")) {
      assertThatThrownBy(() -> feedback(bad)).as(bad).isInstanceOf(ProblemException.class);
    }
    assertThatThrownBy(() -> ClientJson.feedback(null)).isInstanceOf(ProblemException.class);
  }

  @Test
  void ofTenThousandDetailsTwentyShortOnesAreKept() {
    String many = String.join(",", Collections.nCopies(10_000, "\"" + "x".repeat(1000) + "\""));

    List<String> details =
        feedback("{\"status\":{\"execution\":\"closed\",\"details\":[" + many + "]}}").details();

    assertThat(details).hasSize(20).allMatch(detail -> detail.length() == 200);
  }

  @Test
  void noAddressIsKept() {
    assertThat(
            feedback(
                    """
                    {"status":{"execution":"closed","details":["from 00:11:22:aa:BB:cc failed"]}}
                    """)
                .details())
        .noneMatch(detail -> detail.contains("00:11"));
  }

  @Test
  void ofConfigDataTheSixKeysCount() {
    assertThat(
            ClientJson.facts(
                json(
                    """
                    {"mode":"merge","data":{"version":"1.2","counter":7,"hardware":"v2","country":"DE",
                     "timezone":"Europe/Berlin","language":null,"serial":"4711","channel":"beta",
                     "cohort":"c","mac":"00:11:22:aa:BB:cc"}}
                    """)))
        .isEqualTo(
            Map.of(
                Fact.VERSION, "1.2",
                Fact.COUNTER, "7",
                Fact.HARDWARE, "v2",
                Fact.COUNTRY, "DE",
                Fact.TIMEZONE, "Europe/Berlin"));
    assertThat(ClientJson.facts(null)).isEmpty();
    assertThat(ClientJson.facts(json("{\"data\":[1]}"))).isEmpty();
    assertThat(ClientJson.mode(json("{\"mode\":\"replace\"}")))
        .isEqualTo(TakeConfigData.Mode.REPLACE);
    assertThat(ClientJson.mode(json("{}"))).isEqualTo(TakeConfigData.Mode.MERGE);
  }

  private static Feedback feedback(String text) {
    return ClientJson.feedback(json(text));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }
}
