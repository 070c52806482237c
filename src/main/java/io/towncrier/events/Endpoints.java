package io.towncrier.events;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The endpoints that are configured. A setting that cannot be right ends the start. */
@ApplicationScoped
public class Endpoints {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  // Amazon EventBridge API Reference, "PutEventsRequestEntry", EventBusName.
  private static final Pattern BUS =
      Pattern.compile(
          "(arn:aws[a-z-]*:events:[a-z0-9-]+:[0-9]{12}:event-bus/)?[/.\\-_A-Za-z0-9]{1,256}");

  private static final String BUS_SETTING = "TOWNCRIER_EVENTS_BUS";

  private final Map<String, Endpoint.Https> known = new TreeMap<>();
  private final Optional<Endpoint.Bus> bus;

  /**
   * As they are set.
   *
   * @throws IllegalArgumentException when one cannot be right, in words for the operator
   */
  public Endpoints(EventsConfig config) {
    config.endpoints().forEach((name, given) -> known.put(name, read(name, given)));
    bus = config.bus().map(name -> new Endpoint.Bus(name, topics(config.busTopics(), BUS_SETTING)));
    if (bus.isPresent() && known.containsKey(Endpoint.Bus.NAME)) {
      throw wrong(BUS_SETTING, "takes the name of the endpoint bus: call that another");
    }
    if (bus.isPresent() && !BUS.matcher(bus.get().bus()).matches()) {
      throw wrong(BUS_SETTING, "is the name of a bus, or its ARN");
    }
  }

  void look(@Observes StartupEvent start) {
    // The constructor has looked.
  }

  /** The names of those that want to know of a topic. */
  Set<String> of(EventTopic topic) {
    return all().stream()
        .filter(endpoint -> endpoint.topics().contains(topic))
        .map(Endpoint::name)
        .collect(Collectors.toSet());
  }

  /** All of them, in the order of their names; the bus is the last. */
  public List<Endpoint> all() {
    return Stream.<Endpoint>concat(known.values().stream(), bus.stream()).toList();
  }

  /** A receiver over HTTPS. Empty for one that is not configured any more. */
  Optional<Endpoint.Https> find(String name) {
    return Optional.ofNullable(known.get(name));
  }

  /** The bus, where one is configured. */
  Optional<Endpoint.Bus> bus() {
    return bus;
  }

  /** Whether a text can be the name of an endpoint at all. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private static Endpoint.Https read(String name, EventsConfig.Endpoint given) {
    String setting = "the endpoint " + name + " of TOWNCRIER_EVENTS_ENDPOINTS";
    if (!isName(name)) {
      throw wrong(setting, "is named by letters, digits and hyphens");
    }
    URI url = given.url();
    if (!"https".equals(url.getScheme()) || url.getHost() == null || url.getUserInfo() != null) {
      throw wrong(setting, "has a url that is not https, or names a user");
    }
    return new Endpoint.Https(name, url, given.secret(), topics(given.topics(), setting));
  }

  private static Set<EventTopic> topics(Optional<List<String>> given, String setting) {
    return given
        .map(
            codes ->
                codes.stream()
                    .map(
                        code ->
                            EventTopic.parse(code)
                                .orElseThrow(() -> wrong(setting, "has an unknown topic")))
                    .collect(Collectors.toSet()))
        .orElseGet(() -> EnumSet.allOf(EventTopic.class));
  }

  private static IllegalArgumentException wrong(String setting, String what) {
    return new IllegalArgumentException(
        "%s %s; docs/configuration.md has the form".formatted(setting, what));
  }
}
