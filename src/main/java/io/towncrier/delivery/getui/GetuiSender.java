package io.towncrier.delivery.getui;

import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.DeliveryResult.TryLater;
import io.towncrier.delivery.getui.GetuiAnswers.Meaning;
import io.towncrier.delivery.getui.GetuiHttp.Outcome;
import io.towncrier.platform.ForgottenCase;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Sends messages, many in one request. What comes within a moment goes together; each is looked at
 * right before the write, so that nothing is written whose lease is nearly over (docs/adr/0004).
 * Everything happens on one event loop.
 */
final class GetuiSender {
  private static final Logger LOG = Logger.getLogger(GetuiSender.class);
  // A claim hands its messages over one by one, faster than this.
  private static final long MOMENT_MILLIS = 5;

  private final Context loop;
  private final GetuiHttp http;
  private final GetuiTokens tokens;
  private final InstantSource clock;
  private final Duration timeout;
  private final int most;
  private List<GetuiCall> gathered = new ArrayList<>();
  private boolean timed;

  GetuiSender(
      GetuiConfig config, GetuiHttp http, GetuiTokens tokens, InstantSource clock, Context loop) {
    this.loop = loop;
    this.http = http;
    this.tokens = tokens;
    this.clock = clock;
    this.timeout = config.requestTimeout();
    this.most = config.batch();
  }

  void send(GetuiCall call) {
    if (call.alone()) {
      new Request(List.of(call)).begin();
      return;
    }
    gathered.add(call);
    if (gathered.size() >= most) {
      sendGathered();
    } else if (!timed) {
      timed = true;
      loop.owner()
          .setTimer(
              MOMENT_MILLIS,
              over -> {
                timed = false;
                sendGathered();
              });
    }
  }

  private void sendGathered() {
    List<GetuiCall> all = gathered;
    gathered = new ArrayList<>();
    while (!all.isEmpty()) {
      List<GetuiCall> left = new ArrayList<>();
      new Request(batch(all, left)).begin();
      all = left;
    }
  }

  /** Getui refuses a request with an address twice: the second waits for the next one. */
  private List<GetuiCall> batch(List<GetuiCall> all, List<GetuiCall> left) {
    Set<String> addresses = new HashSet<>();
    List<GetuiCall> batch = new ArrayList<>();
    for (GetuiCall call : all) {
      if (batch.size() < most && addresses.add(call.key())) {
        batch.add(call);
      } else {
        left.add(call);
      }
    }
    return batch;
  }

  /** One request, or two of them when a token was refused. */
  private final class Request {
    private List<GetuiCall> calls;
    private boolean renewed;

    Request(List<GetuiCall> calls) {
      this.calls = calls;
    }

    void begin() {
      take(tokens.current());
    }

    private void take(Future<GetuiTokens.Ticket> ticket) {
      ticket.onComplete(
          got -> {
            if (got.failed()) {
              broken(got.cause());
            } else if (got.result() instanceof GetuiTokens.None none) {
              finish(none.why());
            } else if (got.result() instanceof GetuiTokens.Pass pass) {
              post(pass);
            } else {
              broken(new ForgottenCase(got.result()));
            }
          });
    }

    private void post(GetuiTokens.Pass pass) {
      http.exchange(Optional.of(pass.token()), () -> content(pass.appId()))
          .onComplete(
              done -> {
                if (done.failed()) {
                  broken(done.cause());
                } else {
                  heard(pass, done.result());
                }
              });
    }

    /** The last look before the write. */
    private Optional<GetuiHttp.Content> content(String app) {
      List<GetuiCall> left = new ArrayList<>();
      for (GetuiCall call : calls) {
        if (call.lease().leaves(timeout)) {
          left.add(call);
        } else {
          call.finish(new DeliveryResult.NotSent());
        }
      }
      calls = left;
      if (calls.isEmpty()) {
        return Optional.empty();
      }
      String path = "/v2/" + app + "/push/single/" + (calls.size() == 1 ? "cid" : "batch/cid");
      return Optional.of(new GetuiHttp.Content(path, Buffer.buffer(body())));
    }

    private String body() {
      return calls.size() == 1
          ? calls.get(0).json()
          : calls.stream()
              .map(GetuiCall::json)
              .collect(Collectors.joining(",", "{\"is_async\":false,\"msg_list\":[", "]}"));
    }

    private void heard(GetuiTokens.Pass pass, Outcome outcome) {
      if (outcome instanceof Outcome.NotWritten) {
        finish(new TryLater("UNREACHABLE", Optional.empty(), false));
      } else if (outcome instanceof Outcome.Lost lost) {
        finish(new TryLater(lost.code(), Optional.empty()));
      } else if (outcome instanceof Outcome.Answered answered) {
        answered(pass, GetuiAnswers.of(answered.status(), answered.body(), clock.instant()));
      } else {
        broken(new ForgottenCase(outcome));
      }
    }

    private void answered(GetuiTokens.Pass pass, Meaning meaning) {
      if (meaning instanceof Meaning.OfAll all) {
        finish(all.result());
      } else if (meaning instanceof Meaning.Each each) {
        calls.forEach(
            call ->
                call.finish(
                    each.results().getOrDefault(call.cid().reveal(), GetuiAnswers.UNKNOWN)));
      } else if (meaning instanceof Meaning.Parameter parameter) {
        if (calls.size() == 1) {
          finish(parameter.ofOne());
        } else {
          // Whose fault it is, each learns by itself.
          calls.forEach(call -> new Request(List.of(call)).begin());
        }
      } else if (meaning instanceof Meaning.BadToken) {
        badToken(pass);
      } else if (meaning instanceof Meaning.TooManyTokens tooMany) {
        tokens.pause();
        finish(tooMany.result());
      } else {
        broken(new ForgottenCase(meaning));
      }
    }

    private void badToken(GetuiTokens.Pass refused) {
      if (renewed) {
        finish(new DeliveryResult.ProviderRefused(GetuiAnswers.name(10001)));
        return;
      }
      renewed = true;
      take(tokens.insteadOf(refused));
    }

    private void broken(Throwable failure) {
      LOG.error("sending by Getui failed", failure);
      finish(new TryLater("INTERNAL", Optional.empty()));
    }

    private void finish(DeliveryResult outcome) {
      calls.forEach(call -> call.finish(outcome));
    }
  }
}
