package io.towncrier.server;

/** Hears what comes by one channel of PostgreSQL's {@code NOTIFY}. */
interface MessageListener {
  String channel();

  void arrived(String payload);

  /** From now on messages may arrive; those from before did not. */
  default void connected() {}

  /** None arrives until the next {@link #connected}. */
  default void lost() {}
}
