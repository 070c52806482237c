package io.towncrier.platform;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Traces of the work that is done here, for a collector (docs/adr/0021). Nothing that tells of a
 * device or a person goes into a span: names and values are ours, never a caller's.
 */
public interface Traces {
  /** Begins the work that a request from outside asks for. */
  Span received(String name, @Nullable String traceParent);

  /** Goes on with what was begun elsewhere, or before: by a trace parent that we have made. */
  Span continued(String name, Optional<String> traceParent);

  /** Begins a part of what is under way. */
  Span part(String name);

  /** What the caller is doing; {@link Span#NONE} when nobody has said. */
  Span current();

  /** From here on, everything in the caller's Vert.x context is part of this. */
  void enter(Span span);

  /** Hands over what has ended, and waits for it, but not for long. */
  void flush();

  /** Does a part of what is under way, for a notice. */
  default <T> Uni<T> within(String name, String notice, Supplier<Uni<T>> work) {
    return within(() -> part(name), notice, work);
  }

  /** Does what was asked for before. */
  default <T> Uni<T> within(
      String name, Optional<String> traceParent, String notice, Supplier<Uni<T>> work) {
    return within(() -> continued(name, traceParent), notice, work);
  }

  private <T> Uni<T> within(Supplier<Span> begin, String notice, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Span before = current();
              Span span = begin.get().note(Span.NOTICE, notice);
              enter(span);
              return work.get()
                  .onFailure()
                  .invoke(failure -> span.failed(failure.getClass().getSimpleName()))
                  .onTermination()
                  .invoke(
                      () -> {
                        span.end();
                        enter(before);
                      });
            });
  }

  /** A piece of work: begun when it is made. */
  interface Span {
    String NOTICE = "towncrier.notice";
    String REQUEST = "towncrier.request";

    /** A span that records nothing. */
    Span NONE =
        new Span() {
          @Override
          public Span note(String key, String value) {
            return this;
          }

          @Override
          public Span note(String key, long value) {
            return this;
          }

          @Override
          public void rename(String name) {}

          @Override
          public void failed(String why) {}

          @Override
          public void end() {}

          @Override
          public Optional<String> traceParent() {
            return Optional.empty();
          }

          @Override
          public Optional<String> traceId() {
            return Optional.empty();
          }
        };

    Span note(String key, String value);

    Span note(String key, long value);

    void rename(String name);

    /** For a reason that is a word of ours. */
    void failed(String why);

    /** A second time it does nothing. */
    void end();

    /** By which others go on with it: W3C Trace Context, {@code traceparent}. */
    Optional<String> traceParent();

    /** By which it is found, when it is recorded. */
    Optional<String> traceId();
  }
}
