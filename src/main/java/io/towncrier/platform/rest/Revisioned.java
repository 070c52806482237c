package io.towncrier.platform.rest;

/** An answer that has a revision, which its {@code ETag} repeats. */
public interface Revisioned {
  /** Grows with each change. */
  int revision();
}
