package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import io.towncrier.updates.AnswerCheck;
import io.towncrier.updates.ReadFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Handler {@code io.towncrier.functions.CheckFunction::handle}: an update check by direct
 * invocation. The event is the JSON of the POST with {@code product} beside the facts; the result
 * is its answer, or the problem document.
 */
public final class CheckFunction {
  public CheckFunction() {
    Functions.initialize();
  }

  public void handle(InputStream event, OutputStream result, Context context) throws IOException {
    Observed.run(
        "check", context, () -> Functions.json().writeValue(result, answer(event.readAllBytes())));
  }

  private static Object answer(byte[] event) throws IOException {
    try {
      JsonNode json = Functions.json().readTree(event);
      ReadFacts facts = Functions.json().treeToValue(json, ReadFacts.class);
      InputReader input = new InputReader();
      String product = input.text("product", json.path("product").asText(""), 80);
      input.finish();
      AnswerCheck check = Functions.bean(AnswerCheck.class);
      return Functions.await(() -> check.run(product, facts)).answer();
    } catch (ProblemException refused) {
      return refused.problem();
    } catch (JsonProcessingException malformed) {
      return ProblemCode.MALFORMED_JSON.with("The event is not an object with these facts.");
    }
  }
}
