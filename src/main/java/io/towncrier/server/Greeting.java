package io.towncrier.server;

import io.towncrier.platform.Secret;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.server.dev.DevLinks;
import io.towncrier.server.dev.DevUsers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the operator reads when the server answers: where it is, and lines to copy. */
@ApplicationScoped
class Greeting {
  private static final String LINE = "%n  %-16s %s";

  // The token is in the fragment, which no browser sends (docs/adr/0011).
  private static final String PAGE = "%s/personal-center/notification-alerts#token=%s";

  // As above: the code counts once, and never reaches a log of requests.
  private static final String CONSOLE = "%s/console#code=%s";

  private final TowncrierConfig config;
  private final int port;
  private final Instance<DevUsers> devUsers;
  private final Instance<DevLinks> devLinks;

  Greeting(
      TowncrierConfig config,
      @ConfigProperty(name = "quarkus.http.port") int port,
      Instance<DevUsers> devUsers,
      Instance<DevLinks> devLinks) {
    this.config = config;
    this.port = port;
    this.devUsers = devUsers;
    this.devLinks = devLinks;
  }

  /** Lines to copy; none of them holds a secret. */
  List<NextSteps.Step> steps(boolean dev) {
    NextSteps steps = new NextSteps(url());
    return dev ? steps.dev() : steps.built();
  }

  String text(String push, Optional<Secret> newOperatorToken, boolean dev) {
    StringBuilder text = new StringBuilder("Towncrier is up at ").append(url());
    line(text, "data in", config.dataDir().toAbsolutePath().normalize().toString());
    line(text, "pushes go to", push);
    newOperatorToken.ifPresent(
        token ->
            line(text, "operator token", token.reveal() + "  (shown this once; kept as a hash)"));
    text.append("\n\n  What comes next, as lines to copy:");
    devUsers.stream()
        .forEach(users -> line(text, "operator", "O='" + users.operatorToken().reveal() + "'"));
    steps(dev).forEach(step -> line(text, step.name(), step.line()));
    devUsers.stream()
        .map(users -> users.tokenFor("alice"))
        .forEach(alice -> line(text, "alerts page", PAGE.formatted(url(), alice.reveal())));
    if (!dev) {
      line(text, "console", url() + "/console");
    }
    devLinks.stream()
        .forEach(
            links ->
                DevLinks.PEOPLE.forEach(
                    name ->
                        line(
                            text,
                            name,
                            CONSOLE.formatted(url(), links.codeFor(name).reveal())
                                + "  (the console, signed in; counts once)")));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String what) {
    text.append(LINE.formatted(name, what));
  }

  private String url() {
    return "http://localhost:" + port;
  }
}
