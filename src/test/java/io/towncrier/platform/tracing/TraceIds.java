package io.towncrier.platform.tracing;

/** Lets tests of other packages make the ids of traces. */
public final class TraceIds {
  private TraceIds() {}

  public static String next() {
    return new RandomIds().generateTraceId();
  }
}
