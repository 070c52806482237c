package io.towncrier.platform.tracing;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Ids of traces and spans. The generator that comes with OpenTelemetry is ThreadLocalRandom: its
 * state is part of a Lambda snapshot, and every function restored from it would make the same ids.
 */
final class RandomIds implements IdGenerator {
  @Override
  public String generateTraceId() {
    return TraceId.fromLongs(notZero(), notZero());
  }

  @Override
  public String generateSpanId() {
    return SpanId.fromLong(notZero());
  }

  private static long notZero() {
    // Made here and not held, as in platform.Ids.
    SecureRandom random = new SecureRandom();
    byte[] bytes = new byte[Long.BYTES];
    long value;
    do {
      random.nextBytes(bytes);
      value = ByteBuffer.wrap(bytes).getLong();
    } while (value == 0);
    return value;
  }
}
