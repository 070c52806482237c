package io.towncrier.server.start;

import io.quarkus.runtime.QuarkusBindException;
import io.towncrier.platform.StartRefused;
import java.net.BindException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Why a start has failed, in one line that an operator can act on. */
public final class StartFailures {
  private static final String PREFIX = "Towncrier does not start: ";

  private StartFailures() {}

  /** For the console. */
  public static String line(Throwable failure) {
    return line(failure, ConfigProvider.getConfig());
  }

  static String line(Throwable failure, Config config) {
    List<Throwable> chain = chain(failure);
    for (Throwable cause : chain) {
      if (cause instanceof StartRefused) {
        return PREFIX + cause.getMessage();
      }
      if (cause instanceof QuarkusBindException bind) {
        return PREFIX + port(bind.getHost(), bind.getPort(), bind);
      }
    }
    for (Throwable cause : chain) {
      String message = Objects.requireNonNullElse(cause.getMessage(), "");
      if (BadSetting.isMeant(message)) {
        return PREFIX + BadSetting.explain(message, config);
      }
    }
    // The deepest one knows what it was about; those around it say that something failed.
    Throwable deepest = chain.get(chain.size() - 1);
    String message = deepest.getMessage();
    String told = message == null || message.isBlank() ? deepest.toString() : message;
    return PREFIX + told.lines().findFirst().orElse(deepest.toString());
  }

  private static String port(String host, int port, BindException why) {
    String message = String.valueOf(why.getMessage());
    Throwable cause = why.getCause();
    String all = cause == null ? message : message + " " + cause.getMessage();
    if (all.contains("Permission")) {
      return "port %d may not be used by this user. Name another one with QUARKUS_HTTP_PORT."
          .formatted(port);
    }
    if (all.contains("assign")) {
      return "%s is no address of this machine. Name one with QUARKUS_HTTP_HOST.".formatted(host);
    }
    return ("port %d of %s is in use by another process. Stop that one, or give this server"
            + " another port with QUARKUS_HTTP_PORT.")
        .formatted(port, host);
  }

  private static List<Throwable> chain(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    for (Throwable at = failure; at != null && seen.add(at); at = at.getCause()) {
      chain.add(at);
    }
    return chain;
  }
}
