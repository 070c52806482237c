package io.towncrier.delivery.fcm;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.fcm.AccessTokens.Pass;
import io.towncrier.platform.ForgottenCase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.StreamResetException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way, on the event loop of its line: a token, a stream, the last look at the
 * lease, the write, the answer. It has a result within the request time-out, whatever happens.
 */
final class FcmCall implements FcmStreams.Waiter {
  private static final Logger LOG = Logger.getLogger(FcmCall.class);
  private static final int UNAUTHORIZED = 401;
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final FcmLine line;
  private final Supplier<Buffer> body;
  private final Lease lease;
  private final Promise<DeliveryResult> result = Promise.promise();
  private @Nullable Pass pass;
  private FcmStreams.@Nullable Http2Connection carrier;
  private @Nullable HttpClientRequest written;
  private long writtenNanos;
  private long timer;
  private boolean done;
  private boolean repeated;
  private boolean renewed;

  FcmCall(FcmLine line, Supplier<Buffer> body, Lease lease) {
    this.line = line;
    this.body = body;
    this.lease = lease;
  }

  Future<DeliveryResult> start() {
    timer = line.loop().setTimer(line.timeout().toMillis(), late -> late());
    take(line.tokens().current());
    return result.future();
  }

  private void take(Future<AccessTokens.Ticket> ticket) {
    ticket.onComplete(
        got -> {
          if (done) {
            return;
          }
          if (got.failed()) {
            broken(got.cause());
          } else if (got.result() instanceof AccessTokens.None none) {
            finish(none.why());
          } else if (got.result() instanceof Pass fetched) {
            pass = fetched;
            line.streams().acquire(this);
          } else {
            broken(new ForgottenCase(got.result()));
          }
        });
  }

  @Override
  public void granted(FcmStreams.Http2Connection granted) {
    if (done) {
      granted.release();
      return;
    }
    carrier = granted;
    granted
        .open()
        .onComplete(
            opened -> {
              if (done) {
                return;
              }
              if (opened.succeeded()) {
                write(granted, opened.result());
              } else {
                notWritten(opened.cause());
              }
            });
  }

  private void write(FcmStreams.Http2Connection on, HttpClientRequest request) {
    Pass with = pass;
    if (with == null) {
      throw new IllegalStateException("a stream comes after a token");
    }
    Buffer bytes;
    try {
      bytes = body.get();
    } catch (RuntimeException failure) {
      broken(failure);
      return;
    }
    request
        .setURI(line.path(with.project()))
        .putHeader(HttpHeaders.AUTHORIZATION, with.authorization())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=UTF-8");
    if (!lease.leaves(line.timeout())) {
      finish(new DeliveryResult.NotSent());
      return;
    }
    written = request;
    writtenNanos = System.nanoTime();
    request
        .send(bytes)
        .onComplete(
            answered -> {
              if (answered.failed()) {
                lost(request, answered.cause());
              } else {
                on.heard();
                read(request, answered.result());
              }
            });
  }

  private void read(HttpClientRequest request, HttpClientResponse answer) {
    Buffer content = Buffer.buffer();
    answer
        .handler(
            chunk -> {
              if (content.length() < LONGEST_ANSWER) {
                content.appendBuffer(chunk);
              }
            })
        .exceptionHandler(failure -> lost(request, failure))
        .endHandler(end -> answered(request, answer, content));
  }

  private void answered(HttpClientRequest request, HttpClientResponse answer, Buffer content) {
    if (done || written != request) {
      return;
    }
    DeliveryResult outcome =
        FcmAnswers.resultOf(
            answer.statusCode(),
            Optional.ofNullable(answer.getHeader(HttpHeaders.RETRY_AFTER)),
            content.getBytes(),
            line.clock().instant());
    boolean ourToken =
        answer.statusCode() == UNAUTHORIZED
            && outcome instanceof DeliveryResult.ProviderRefused
            && !renewed;
    Pass refused = pass;
    if (ourToken && refused != null) {
      // It may have been revoked: once more with a new one.
      renewed = true;
      leave();
      take(line.tokens().insteadOf(refused));
      return;
    }
    finish(outcome);
  }

  /** Something went wrong after the write; FCM may have the message, unless it says otherwise. */
  private void lost(HttpClientRequest request, Throwable cause) {
    if (done || written != request) {
      return;
    }
    if (isUnprocessed(request, cause)) {
      notWritten(cause);
    } else {
      LOG.debugf("no answer from FCM: %s", cause);
      finish(new DeliveryResult.TryLater("CONNECTION_LOST", Optional.empty()));
    }
  }

  // RFC 9113 sections 6.8 and 8.7: what lies beyond a GOAWAY, or was refused, was not looked at.
  private boolean isUnprocessed(HttpClientRequest request, Throwable cause) {
    if (cause instanceof StreamResetException reset) {
      return reset.getCode() == Http2Error.REFUSED_STREAM.code();
    }
    if (cause instanceof Http2Exception local) {
      // Netty's own refusal to open one more stream than the server allows.
      return local.error() == Http2Error.REFUSED_STREAM;
    }
    FcmStreams.Http2Connection on = carrier;
    return cause instanceof HttpClosedException && on != null && on.excludes(request);
  }

  private void notWritten(Throwable cause) {
    if (repeated) {
      unreachable(cause);
      return;
    }
    repeated = true;
    leave();
    line.streams().acquire(this);
  }

  @Override
  public void unreachable(Throwable cause) {
    if (done) {
      return;
    }
    LOG.debugf("FCM cannot be reached: %s", cause);
    finish(new DeliveryResult.TryLater("UNREACHABLE", Optional.empty()));
  }

  private void late() {
    if (done) {
      return;
    }
    HttpClientRequest unanswered = written;
    FcmStreams.Http2Connection on = carrier;
    finish(
        new DeliveryResult.TryLater(
            unanswered == null ? "UNREACHABLE" : "TIMEOUT", Optional.empty()));
    if (unanswered != null) {
      // What is still in our buffers does not leave them after this.
      unanswered.reset(Http2Error.CANCEL.code());
    }
    if (unanswered != null && on != null) {
      on.silentSince(writtenNanos);
    }
  }

  private void broken(Throwable failure) {
    LOG.error("sending failed", failure);
    finish(new DeliveryResult.TryLater("INTERNAL", Optional.empty()));
  }

  private void finish(DeliveryResult outcome) {
    done = true;
    line.loop().owner().cancelTimer(timer);
    try {
      leave();
    } finally {
      result.complete(outcome);
    }
  }

  private void leave() {
    FcmStreams.Http2Connection on = carrier;
    carrier = null;
    written = null;
    if (on != null) {
      on.release();
    }
  }
}
