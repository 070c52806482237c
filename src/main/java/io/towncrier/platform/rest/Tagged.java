package io.towncrier.platform.rest;

/**
 * An answer with a tag of its own, which is another one whenever anything of the answer is: a GET
 * whose {@code If-None-Match} holds it is answered 304, without a body.
 */
public interface Tagged {
  /** Without quotes. */
  String tag();
}
