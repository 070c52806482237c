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

/** The endpoints that are configured. A setting that cannot be right ends the start. */
@ApplicationScoped
public class Endpoints {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  private final Map<String, Endpoint> known = new TreeMap<>();

  /**
   * As they are set.
   *
   * @throws IllegalArgumentException when one cannot be right, in words for the operator
   */
  public Endpoints(EventsConfig config) {
    config.endpoints().forEach((name, given) -> known.put(name, read(name, given)));
  }

  /**
   * Where events go.
   *
   * @param secret the setting: the secret, or where it is kept
   */
  public record Endpoint(String name, URI url, String secret, Set<EventTopic> topics) {
    public Endpoint {
      topics = Set.copyOf(topics);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Endpoint[" + name + "]";
    }
  }

  void look(@Observes StartupEvent start) {
    // The constructor has looked.
  }

  /** The names of those that want to know of a topic. */
  Set<String> of(EventTopic topic) {
    return known.values().stream()
        .filter(endpoint -> endpoint.topics().contains(topic))
        .map(Endpoint::name)
        .collect(Collectors.toSet());
  }

  /** All of them, in the order of their names. */
  public List<Endpoint> all() {
    return List.copyOf(known.values());
  }

  /** Empty for one that is not configured any more. */
  Optional<Endpoint> find(String name) {
    return Optional.ofNullable(known.get(name));
  }

  /** Whether a text can be the name of an endpoint at all. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private static Endpoint read(String name, EventsConfig.Endpoint given) {
    if (!isName(name)) {
      throw wrong(name, "is named by letters, digits and hyphens");
    }
    URI url = given.url();
    if (!"https".equals(url.getScheme()) || url.getHost() == null || url.getUserInfo() != null) {
      throw wrong(name, "has a url that is not https, or names a user");
    }
    Set<EventTopic> topics =
        given
            .topics()
            .map(
                codes ->
                    codes.stream()
                        .map(
                            code ->
                                EventTopic.parse(code)
                                    .orElseThrow(() -> wrong(name, "has an unknown topic")))
                        .collect(Collectors.toSet()))
            .orElseGet(() -> EnumSet.allOf(EventTopic.class));
    return new Endpoint(name, url, given.secret(), topics);
  }

  private static IllegalArgumentException wrong(String name, String what) {
    return new IllegalArgumentException(
        "the endpoint %s of TOWNCRIER_EVENTS_ENDPOINTS %s; docs/configuration.md has the form"
            .formatted(name, what));
  }
}
