package io.towncrier.platform.rest.body;

import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.TowncrierConfig;
import jakarta.inject.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses bodies over the limit, whether their length was announced or not. */
@jakarta.ws.rs.ext.Provider
public class BodyLimit implements ReaderInterceptor {
  /** The largest body that is not held in memory: a part of an artifact. */
  public static final int STREAMED_BYTES = 16 * 1024 * 1024;

  private static final Problem TOO_LARGE =
      ProblemCode.BODY_TOO_LARGE.with(
          "The limits are in docs/configuration.md. Send less at a time.");

  // Quarkus makes interceptors while it builds its routes, before there is configuration.
  private final Provider<TowncrierConfig> config;
  private final Provider<ImportRoom> room;

  BodyLimit(Provider<TowncrierConfig> config, Provider<ImportRoom> room) {
    this.config = config;
    this.room = room;
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    // Only an import takes its body as it came.
    boolean isImport = context.getType() == byte[].class;
    if (context.getType() == InputStream.class) {
      // A part of an artifact, which is read as it comes and never held whole.
      context.setInputStream(new Counting(context.getInputStream(), STREAMED_BYTES, TOO_LARGE));
      return context.proceed();
    }
    // Every reader reads to the end: imports take all bytes, and StrictJson looks for more behind.
    context.setInputStream(
        isImport
            ? new Counting(context.getInputStream(), room.get().bytes(), room.get().tooLarge())
            : new Counting(context.getInputStream(), config.get().limits().bodyBytes(), TOO_LARGE));
    return context.proceed();
  }

  private static final class Counting extends FilterInputStream {
    private final Problem refusal;
    private long left;

    Counting(InputStream in, long limit, Problem refusal) {
      super(in);
      this.left = limit;
      this.refusal = refusal;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = super.read(target, offset, length);
      count(Math.max(0, n));
      return n;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw refusal.asException();
      }
    }
  }
}
