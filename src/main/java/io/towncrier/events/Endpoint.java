package io.towncrier.events;

import java.net.URI;
import java.util.Set;

/** Where events go, by a name of its own. */
public interface Endpoint {
  String name();

  /** The topics that it hears about. */
  Set<EventTopic> topics();

  /** Where that is, without what could be a secret. */
  String shown();

  /**
   * A receiver that events are posted to.
   *
   * @param secret the setting: the secret, or where it is kept
   */
  record Https(String name, URI url, String secret, Set<EventTopic> topics) implements Endpoint {
    public Https {
      topics = Set.copyOf(topics);
    }

    /** The host alone: many receivers have a secret in the path. */
    @Override
    public String shown() {
      return url.getAuthority();
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Endpoint[" + name + "]";
    }
  }

  /**
   * The bus of a cell, on which others listen.
   *
   * @param bus its name, or its ARN
   */
  record Bus(String bus, Set<EventTopic> topics) implements Endpoint {
    /** What it is called beside the receivers, which have names of the operator's. */
    public static final String NAME = "bus";

    public Bus {
      topics = Set.copyOf(topics);
    }

    @Override
    public String name() {
      return NAME;
    }

    /** Its name alone: an ARN tells the account. */
    @Override
    public String shown() {
      return bus.replaceFirst("^arn:.*:event-bus/", "");
    }
  }
}
