package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;
import io.towncrier.delivery.sending.DrainOutbox;
import io.towncrier.devices.TidyDevices;
import io.towncrier.notices.FinishNotices;
import io.towncrier.notices.StartScheduledNotices;
import io.towncrier.notices.rollout.AnnounceRollouts;
import io.towncrier.preferences.AuditEssentials;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/**
 * Handler {@code io.towncrier.functions.TickFunction::handle}: called by a schedule, whatever the
 * event. It starts scheduled notices, tells of what rollouts have brought, sends what is due of
 * every notice (retries, ends of quiet hours, leases that ran out) and ends those of which nothing
 * is left. In the time that is left it tidies the devices.
 */
public final class TickFunction {
  // No start of a function may need the database; its first event may.
  private boolean audited;

  public TickFunction() {
    Functions.initialize();
  }

  public void handle(InputStream event, OutputStream result, Context context) throws IOException {
    Observed.run("tick", context, () -> tick(result, context));
  }

  private void tick(OutputStream result, Context context) throws IOException {
    if (!audited) {
      Functions.await(() -> Functions.bean(AuditEssentials.class).run());
      audited = true;
    }
    TimeLeft time = new TimeLeft(context);
    StartScheduledNotices start = Functions.bean(StartScheduledNotices.class);
    Long started = Functions.await(() -> start.run(time::isEnough));
    AnnounceRollouts announce = Functions.bean(AnnounceRollouts.class);
    Long announced = Functions.await(() -> announce.run(time::isEnough));
    DrainOutbox drain = Functions.bean(DrainOutbox.class);
    Long looked = Functions.await(() -> drain.run(Optional.empty(), time::isEnough));
    FinishNotices finish = Functions.bean(FinishNotices.class);
    Long done = Functions.await(finish::run);
    TidyDevices tidy = Functions.bean(TidyDevices.class);
    Long tidied = Functions.await(() -> tidy.run(time::isEnough));
    Functions.json()
        .writeValue(
            result,
            Map.of(
                "noticesStarted", started,
                "announced", announced,
                "noticesDone", done,
                "deliveries", looked,
                "tidied", tidied,
                "finished", !time.ranOut()));
  }
}
