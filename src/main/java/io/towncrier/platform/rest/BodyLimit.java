package io.towncrier.platform.rest;

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
  // Quarkus makes interceptors while it builds its routes, before there is configuration.
  private final Provider<TowncrierConfig> config;

  BodyLimit(Provider<TowncrierConfig> config) {
    this.config = config;
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    // Only an import takes its body as it came.
    boolean isImport = context.getType() == byte[].class;
    TowncrierConfig.Limits limits = config.get().limits();
    // Every reader reads to the end: imports take all bytes, and StrictJson looks for more behind.
    context.setInputStream(
        new Counting(
            context.getInputStream(), isImport ? limits.importBytes() : limits.bodyBytes()));
    return context.proceed();
  }

  private static final class Counting extends FilterInputStream {
    private long left;

    Counting(InputStream in, long limit) {
      super(in);
      this.left = limit;
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
        throw ProblemCode.BODY_TOO_LARGE.with("See the limits in the README.").asException();
      }
    }
  }
}
