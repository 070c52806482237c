package io.towncrier.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where events go. There is no API for it: who may deploy decides what leaves the service. */
@ConfigMapping(prefix = "towncrier.events")
public interface EventsConfig {
  /** The endpoints, by a name of yours. */
  Map<String, Endpoint> endpoints();

  /** Host names that may resolve to private addresses, such as one in your own network. */
  Optional<List<String>> privateHosts();

  /** Functions only: the name or the ARN of the bus of EventBridge that takes events too. */
  Optional<String> bus();

  /** Only these topics go on the bus; left out: all. */
  Optional<List<String>> busTopics();

  /** Time for one attempt. */
  @WithDefault("10s")
  Duration timeout();

  /** After so many attempts an event is a dead letter; twelve take about three days. */
  @WithDefault("12")
  int attempts();

  /** So long before the last day with updates the end of a product's support is told. */
  @WithDefault("90d")
  Duration supportEndingBefore();

  /** Where one receiver listens; NAME is a name of yours. */
  interface Endpoint {
    /** Where events are posted; https. NAME is a name of yours for the endpoint. */
    URI url();

    /** {@code whsec_} and a key in base64, as Standard Webhooks has it, or where it is kept. */
    String secret();

    /** Only these topics; left out: all. */
    Optional<List<String>> topics();
  }
}
