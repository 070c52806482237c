package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;
import io.towncrier.delivery.sharding.PlanShards;
import io.towncrier.delivery.sqs.WorkMessages;
import io.towncrier.notices.planning.PlanNotices;
import io.towncrier.platform.LogContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Handler {@code io.towncrier.functions.PlanFunction::handle}: messages that name a running notice.
 * What is due of it is split into shards, a message each for {@link DeliverFunction}. The same
 * notice several times within a minute is split once. Then whatever was started and is not planned
 * yet is planned page by page, as long as there is time: the tick asks for the rest.
 */
public final class PlanFunction {
  private static final Logger LOG = Logger.getLogger(PlanFunction.class);

  public PlanFunction() {
    Functions.initialize();
  }

  public void handle(InputStream event, OutputStream result, Context context) throws IOException {
    Observed.run(
        "plan",
        context,
        () -> {
          AtomicBoolean asked = new AtomicBoolean();
          SqsBatch.handle(
              event,
              result,
              body -> {
                asked.set(true);
                return split(body);
              });
          if (asked.get()) {
            plan(new TimeLeft(context));
          }
        });
  }

  private static boolean split(String body) {
    Optional<String> notice = WorkMessages.read(body).flatMap(WorkMessages::plan);
    if (notice.isEmpty()) {
      LOG.warn("a message asks for no plan of a notice");
      Observed.error();
      return false;
    }
    PlanShards plan = Functions.bean(PlanShards.class);
    int shards = Functions.await(() -> plan.run(notice.get()));
    LogContext.about(
        notice.get(), () -> LOG.infof("notice %s is split into %d shards", notice.get(), shards));
    return true;
  }

  /** Behind all messages: none of them waits for it, and it is for every notice. */
  private static void plan(TimeLeft time) {
    try {
      long planned = Functions.await(() -> Functions.bean(PlanNotices.class).run(time::isEnough));
      LOG.infof("deliveries planned: %d", planned);
    } catch (RuntimeException failure) {
      // The messages are done with, and the tick asks again.
      LOG.errorf(failure, "the planning waits");
      Observed.error();
    }
  }
}
