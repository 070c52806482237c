package io.towncrier.releases.version;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The versions between two bounds, as they are written. What they mean depends on the product.
 *
 * @param from the oldest of them
 * @param to the newest of them
 * @param before the first that is too new; not together with {@code to}
 */
public record VersionRange(Optional<String> from, Optional<String> to, Optional<String> before) {
  /**
   * @throws IllegalArgumentException when there is no bound, or both {@code to} and {@code before}
   */
  public VersionRange {
    requireBounds(from, to, before);
  }

  /**
   * The range in the order of one product.
   *
   * @param reader the version with this text; empty when the product has none
   */
  public Resolution resolve(Function<String, Optional<Version>> reader) {
    Optional<Version> first = from.flatMap(reader);
    Optional<Version> last = to.flatMap(reader);
    Optional<Version> end = before.flatMap(reader);
    if (first.isEmpty() && from.isPresent()) {
      return new UnknownBound("from");
    }
    if (last.isEmpty() && to.isPresent()) {
      return new UnknownBound("to");
    }
    if (end.isEmpty() && before.isPresent()) {
      return new UnknownBound("before");
    }
    return new Resolved(first, last, end);
  }

  /** As an interval: {@code [1.0, 2.0)}. */
  @Override
  public String toString() {
    return interval(from, to, before);
  }

  private static void requireBounds(Optional<?> from, Optional<?> to, Optional<?> before) {
    if (Stream.of(from, to, before).allMatch(Optional::isEmpty)) {
      throw new IllegalArgumentException("a range has at least one bound");
    }
    if (to.isPresent() && before.isPresent()) {
      throw new IllegalArgumentException("a range ends with to or before, not with both");
    }
  }

  private static <T> String interval(Optional<T> from, Optional<T> to, Optional<T> before) {
    return from.map(start -> "[" + start).orElse("(")
        + ", "
        + to.or(() -> before).map(Object::toString).orElse("")
        + (to.isPresent() ? "]" : ")");
  }

  /** What became of the texts. */
  public sealed interface Resolution permits Resolved, UnknownBound {}

  /**
   * A bound is no version of the product.
   *
   * @param member {@code from}, {@code to} or {@code before}
   */
  public record UnknownBound(String member) implements Resolution {}

  /** A range of versions of one scheme; what is asked about another is answered by an exception. */
  public record Resolved(Optional<Version> from, Optional<Version> to, Optional<Version> before)
      implements Resolution {
    /**
     * @throws IllegalArgumentException when there is no bound, or both {@code to} and {@code
     *     before}
     */
    public Resolved {
      requireBounds(from, to, before);
    }

    public boolean contains(Version version) {
      return (from.isEmpty() || version.compareTo(from.get()) >= 0)
          && (to.isEmpty() || version.compareTo(to.get()) <= 0)
          && (before.isEmpty() || version.compareTo(before.get()) < 0);
    }

    /** Whether no version can be in it. */
    public boolean isEmpty() {
      if (from.isEmpty()) {
        return before.filter(Version::isOldest).isPresent();
      }
      return to.filter(from.get()::isNewerThan).isPresent()
          || before.filter(end -> from.get().compareTo(end) >= 0).isPresent();
    }

    /**
     * Whether every version that the other can hold is in this one too. Where bounds have numbers
     * of more than 18 digits it may be false though nothing is missing; it is never true when
     * something is.
     */
    public boolean covers(Resolved other) {
      return other.isEmpty() || (startsNoLaterThan(other) && endsNoEarlierThan(other));
    }

    private boolean startsNoLaterThan(Resolved other) {
      return from.isEmpty()
          || from.get().isOldest()
          || other.from.filter(start -> start.compareTo(from.get()) >= 0).isPresent();
    }

    private boolean endsNoEarlierThan(Resolved other) {
      if (to.isEmpty() && before.isEmpty()) {
        return true;
      }
      Optional<Version> end = other.to.or(() -> other.before);
      if (end.isEmpty()) {
        return false;
      }
      if (before.isPresent()) {
        int order = end.get().compareTo(before.get());
        return order < 0 || (order == 0 && other.to.isEmpty());
      }
      return end.get().compareTo(to.get()) <= 0
          || (other.to.isEmpty() && end.get().isNextAfter(to.get()));
    }

    /** As an interval: {@code [1.0, 2.0)}. */
    @Override
    public String toString() {
      return interval(from, to, before);
    }
  }
}
