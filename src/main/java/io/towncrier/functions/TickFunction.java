package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.quarkus.arc.ClientProxy;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.sending.WatchStandstill;
import io.towncrier.delivery.sqs.WorkMessages;
import io.towncrier.installation.AcceptRestore;
import io.towncrier.jobs.Cadence;
import io.towncrier.jobs.PeriodicJob;
import io.towncrier.jobs.PeriodicJobs;
import io.towncrier.privacy.rotation.ChangeKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Handler {@code io.towncrier.functions.TickFunction::handle}: called by a schedule. It runs every
 * {@link PeriodicJobs periodic job}, one after the other. Each looks at what is due by now, so a
 * tick that was missed is made up by the next; a job that fails keeps no other from running.
 *
 * <p>Three events ask for something else: {@code {"awake":true}} for nothing but the start, which
 * needs neither schema nor secrets, {@code {"restored":...}} for {@link RestoredEvent}, and {@code
 * {"keys":...}} for {@link KeysEvent}.
 */
public final class TickFunction {
  private static final Logger LOG = Logger.getLogger(TickFunction.class);

  // Jobs that run once: no start of a function may need the database; its first event may.
  private final Set<String> doneForGood = new HashSet<>();

  public TickFunction() {
    Functions.initialize();
  }

  public void handle(InputStream event, OutputStream result, Context context) throws IOException {
    Observed.run("tick", context, () -> handle(read(event), result, context));
  }

  private void handle(JsonNode event, OutputStream result, Context context) throws IOException {
    if (WorkMessages.isNothingToDo(event)) {
      // Each bean is made: what is missing from the package fails here.
      Functions.bean(PeriodicJobs.class).inOrder().forEach(job -> ClientProxy.unwrap(job.worker()));
      ClientProxy.unwrap(Functions.bean(AcceptRestore.class));
      ClientProxy.unwrap(Functions.bean(ChangeKeys.class));
      Functions.json().writeValue(result, event);
    } else if (KeysEvent.is(event)) {
      Functions.json().writeValue(result, KeysEvent.answer(event));
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
    for (PeriodicJob job : Functions.bean(PeriodicJobs.class).inOrder()) {
      if (!doneForGood.contains(job.name())
          && steps.run(job.name(), () -> job.run(time::isEnough))
          && job.cadence() == Cadence.ONCE) {
        doneForGood.add(job.name());
      }
    }
    Functions.bean(WatchStandstill.class)
        .last()
        .ifPresent(code -> LOG.errorf("pushes wait: %s", code));
    steps.done.put("finished", !time.ranOut());
    if (!steps.failed.isEmpty()) {
      // Lambda counts it. Its message becomes a dead letter at once (a tick is tried once): the
      // next tick does what this one could not.
      throw new IllegalStateException("steps of the tick failed: " + steps.failed);
    }
    Functions.json().writeValue(result, steps.done);
  }

  private static final class Steps {
    private final Map<String, Object> done = new LinkedHashMap<>();
    private final List<String> failed = new ArrayList<>();

    /** Whether it succeeded. */
    boolean run(String name, Supplier<Uni<Long>> step) {
      try {
        done.put(name, Functions.await(step));
        return true;
      } catch (RuntimeException failure) {
        LOG.errorf(failure, "the step %s failed", name);
        failed.add(name);
        return false;
      }
    }
  }
}
