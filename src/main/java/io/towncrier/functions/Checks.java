package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.rest.body.ClientBody;
import io.towncrier.updates.AnswerCheck;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.PlainAnswer;
import io.towncrier.updates.ReadFacts;
import io.towncrier.updates.UpdateAnswer;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Answers the events of the function check, in the container or without one. */
interface Checks {
  /** Longest id of a product. */
  int MAX_PRODUCT = 80;

  /** What the member form of an event asks for: lines, as a JSON string. */
  String PLAIN = "plain";

  Problem NOT_FACTS =
      ProblemCode.MALFORMED_JSON.with("The event is not an object with these facts.");

  /** UTF-8 JSON: the answer, or the problem. */
  byte[] answer(byte[] event, Context context) throws IOException;

  /** The way from an event to what is written of it; the same for both. */
  static Object answer(
      byte[] event, AnswerCheck check, Function<Supplier<Uni<CheckResult>>, CheckResult> await) {
    try {
      ClientBody body = ClientBody.read(event).orElseThrow(() -> NOT_FACTS.asException());
      InputReader input = new InputReader();
      String product = input.text("product", body.text("product"), MAX_PRODUCT);
      input.finish();
      UpdateAnswer answer =
          await
              .apply(() -> check.run(product, ReadFacts.of(fact -> body.text(fact.code()))))
              .answer();
      return PLAIN.equals(body.text("form")) ? PlainAnswer.of(answer) : answer;
    } catch (ProblemException refused) {
      return refused.problem();
    }
  }
}
