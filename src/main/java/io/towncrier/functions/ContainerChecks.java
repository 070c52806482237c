package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;
import io.towncrier.updates.AnswerCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** By the application that all functions share: snapshots come from its database. */
final class ContainerChecks implements Checks {
  ContainerChecks() {
    Functions.initialize();
  }

  @Override
  public byte[] answer(byte[] event, Context context) throws IOException {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    Observed.run(
        "check",
        context,
        () ->
            Functions.json()
                .writeValue(
                    result,
                    Checks.answer(event, Functions.bean(AnswerCheck.class), Functions::await)));
    return result.toByteArray();
  }
}
