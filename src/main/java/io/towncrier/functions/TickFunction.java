package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.quarkus.arc.ClientProxy;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.sending.DrainOutbox;
import io.towncrier.delivery.sending.WatchStandstill;
import io.towncrier.delivery.sharding.PlanShards;
import io.towncrier.delivery.sharding.WorkQueues;
import io.towncrier.delivery.sqs.WorkMessages;
import io.towncrier.devices.TidyDevices;
import io.towncrier.installation.AcceptRestore;
import io.towncrier.installation.RecogniseRestore;
import io.towncrier.notices.FinishNotices;
import io.towncrier.notices.StartScheduledNotices;
import io.towncrier.notices.pacing.SpreadAnew;
import io.towncrier.notices.planning.PlanNotices;
import io.towncrier.notices.rollout.AnnounceRollouts;
import io.towncrier.preferences.AuditEssentials;
import io.towncrier.updates.published.PublishSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Handler {@code io.towncrier.functions.TickFunction::handle}: called by a schedule. It moves the
 * mark on by which a restored database is recognised, starts scheduled notices, tells of what
 * rollouts have brought, has planned what was started, has sent what is due of every notice
 * (retries, ends of quiet hours, leases that ran out), ends those of which nothing is left, renews
 * the published snapshot and tidies the devices. Each looks at what is due by now, so a tick that
 * was missed is made up by the next; one that fails keeps none of the others from happening.
 *
 * <p>Two events ask for something else: {@code {"awake":true}} for nothing but the start, which
 * needs neither schema nor secrets, and {@code {"restored":...}} for {@link RestoredEvent}.
 */
public final class TickFunction {
  private static final Logger LOG = Logger.getLogger(TickFunction.class);

  private static final List<Class<?>> STEPS =
      List.of(
          RecogniseRestore.class,
          WatchStandstill.class,
          AuditEssentials.class,
          StartScheduledNotices.class,
          SpreadAnew.class,
          AnnounceRollouts.class,
          PlanNotices.class,
          PlanShards.class,
          DrainOutbox.class,
          FinishNotices.class,
          PublishSnapshot.class,
          TidyDevices.class,
          AcceptRestore.class);

  // No start of a function may need the database; its first event may.
  private boolean audited;

  public TickFunction() {
    Functions.initialize();
  }

  public void handle(InputStream event, OutputStream result, Context context) throws IOException {
    Observed.run("tick", context, () -> handle(read(event), result, context));
  }

  private void handle(JsonNode event, OutputStream result, Context context) throws IOException {
    if (WorkMessages.isNothingToDo(event)) {
      // Each bean is made: what is missing from the package fails here.
      STEPS.forEach(step -> ClientProxy.unwrap(Functions.bean(step)));
      Functions.json().writeValue(result, event);
    } else if (RestoredEvent.is(event)) {
      Functions.json().writeValue(result, RestoredEvent.answer(event));
    } else {
      tick(result, context);
    }
  }

  // Whatever else comes is a tick, as it was before there were other events.
  private static JsonNode read(InputStream event) throws IOException {
    try {
      return Functions.json().readTree(event);
    } catch (JsonProcessingException garbage) {
      return MissingNode.getInstance();
    }
  }

  private void tick(OutputStream result, Context context) throws IOException {
    TimeLeft time = new TimeLeft(context);
    Steps steps = new Steps();
    steps.run("marked", () -> Functions.bean(RecogniseRestore.class).mark().replaceWith(1L));
    steps.run("pushesWait", TickFunction::watch);
    if (!audited) {
      steps.run("essentials", () -> Functions.bean(AuditEssentials.class).run().replaceWith(1L));
      audited = !steps.failed.contains("essentials");
    }
    steps.run(
        "noticesStarted", () -> Functions.bean(StartScheduledNotices.class).run(time::isEnough));
    steps.run("spreadAnew", () -> Functions.bean(SpreadAnew.class).run(time::isEnough));
    steps.run("announced", () -> Functions.bean(AnnounceRollouts.class).run(time::isEnough));
    if (Functions.bean(WorkQueues.class).areUsed()) {
      steps.run("noticesToPlan", () -> Functions.bean(PlanShards.class).askForAll());
    } else {
      steps.run("planned", () -> Functions.bean(PlanNotices.class).run(time::isEnough));
      steps.run(
          "deliveries",
          () -> Functions.bean(DrainOutbox.class).run(Optional.empty(), time::isEnough));
    }
    steps.run("noticesDone", () -> Functions.bean(FinishNotices.class).run());
    steps.run(
        "snapshotsPublished",
        () -> Functions.bean(PublishSnapshot.class).run().map(written -> written ? 1L : 0L));
    steps.run("tidied", () -> Functions.bean(TidyDevices.class).run(time::isEnough));
    steps.done.put("finished", !time.ranOut());
    if (!steps.failed.isEmpty()) {
      // Lambda counts it. Its message becomes a dead letter at once (a tick is tried once): the
      // next tick does what this one could not.
      throw new IllegalStateException("steps of the tick failed: " + steps.failed);
    }
    Functions.json().writeValue(result, steps.done);
  }

  private static Uni<Long> watch() {
    return Functions.bean(WatchStandstill.class)
        .run()
        .map(
            because -> {
              because.ifPresent(code -> LOG.errorf("pushes wait: %s", code));
              return because.isPresent() ? 1L : 0L;
            });
  }

  private static final class Steps {
    private final Map<String, Object> done = new LinkedHashMap<>();
    private final List<String> failed = new ArrayList<>();

    void run(String name, Supplier<Uni<Long>> step) {
      try {
        done.put(name, Functions.await(step));
      } catch (RuntimeException failure) {
        LOG.errorf(failure, "the step %s failed", name);
        failed.add(name);
      }
    }
  }
}
