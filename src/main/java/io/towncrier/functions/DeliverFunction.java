package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;
import io.towncrier.delivery.sharding.DeliverShard;
import io.towncrier.delivery.sharding.Shard;
import io.towncrier.delivery.sqs.WorkMessages;
import io.towncrier.platform.LogContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Handler {@code io.towncrier.functions.DeliverFunction::handle}: messages that name a shard of a
 * notice. Who is sent to is never in the message: it is decided in the claim (docs/adr/0004). A
 * message that is not understood, or for which no time was left, is returned; one that is too old,
 * or came twice, is done with: the tick asks for what is left.
 */
public final class DeliverFunction {
  private static final Logger LOG = Logger.getLogger(DeliverFunction.class);

  public DeliverFunction() {
    Functions.initialize();
  }

  public void handle(InputStream event, OutputStream result, Context context) throws IOException {
    Observed.run(
        "deliver",
        context,
        () -> SqsBatch.handle(event, result, body -> deliver(body, new TimeLeft(context))));
  }

  private static boolean deliver(String body, TimeLeft time) {
    Optional<Shard> shard = WorkMessages.read(body).flatMap(WorkMessages::deliver);
    if (shard.isEmpty()) {
      LOG.warn("a message names no shard of a notice");
      Observed.error();
      return false;
    }
    if (!time.isEnough()) {
      return false;
    }
    DeliverShard deliver = Functions.bean(DeliverShard.class);
    DeliverShard.Outcome outcome = Functions.await(() -> deliver.run(shard.get(), time::isEnough));
    LogContext.about(
        shard.get().notice(),
        () ->
            LOG.infof(
                "shard %d of %d of notice %s: %s",
                shard.get().number(), shard.get().of(), shard.get().notice(), outcome));
    if (outcome instanceof DeliverShard.Outcome.UnknownNotice) {
      Observed.error();
      return false;
    }
    return true;
  }
}
