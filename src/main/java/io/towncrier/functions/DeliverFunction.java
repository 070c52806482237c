package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.sending.DrainOutbox;
import io.towncrier.notices.Notice;
import io.towncrier.platform.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Handler {@code io.towncrier.functions.DeliverFunction::handle}: a batch of SQS messages, each
 * {@code {"notice":"ntc_..."}}, whose due deliveries are sent. A message that is not understood, or
 * whose notice was not drained in the time that was left, is returned as failed; the others are
 * not. Who is sent to is never in the message: it is decided in the claim (docs/adr/0004).
 */
public final class DeliverFunction {
  private static final Logger LOG = Logger.getLogger(DeliverFunction.class);

  public DeliverFunction() {
    Functions.initialize();
  }

  public void handle(InputStream event, OutputStream result, Context context) throws IOException {
    Observed.run("deliver", context, () -> deliver(event, result, context));
  }

  private static void deliver(InputStream event, OutputStream result, Context context)
      throws IOException {
    JsonNode records = Functions.json().readTree(event).path("Records");
    List<Failure> failures = new ArrayList<>();
    for (JsonNode message : records) {
      if (!deliver(message.path("body").asText(""), context)) {
        failures.add(new Failure(message.path("messageId").asText()));
      }
    }
    Functions.json().writeValue(result, Map.of("batchItemFailures", failures));
  }

  private static boolean deliver(String body, Context context) {
    try {
      String notice = Functions.json().readTree(body).path("notice").asText("");
      Outbox outbox = Functions.bean(Outbox.class);
      if (!Ids.looksLike(Notice.PREFIX, notice) || !Functions.await(() -> outbox.isOpen(notice))) {
        LOG.warn("a message names no notice that was started");
        return false;
      }
      TimeLeft time = new TimeLeft(context);
      DrainOutbox drain = Functions.bean(DrainOutbox.class);
      Functions.await(() -> drain.run(Optional.of(notice), time::isEnough));
      return !time.ranOut();
    } catch (IOException | RuntimeException failure) {
      LOG.warnf("a message is returned: %s", failure.toString());
      Observed.error();
      return false;
    }
  }

  private record Failure(String itemIdentifier) {}
}
