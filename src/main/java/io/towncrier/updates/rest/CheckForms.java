package io.towncrier.updates.rest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Each way by which a check arrives over HTTP, among them those of other features. */
final class CheckForms {
  private static final String OF_DEVICE = "/v1/devices/";
  private static final String OF_CONTROLLER = "/controller/v1/";
  private static final Pattern DEVICE = Pattern.compile("/v1/devices/[^/]+/(check|rauc)/?");
  // What a controller then says of its action is no check.
  private static final Pattern POLL = Pattern.compile("/[^/]+/controller/v1/[^/]+/?");

  private CheckForms() {}

  /** The path of a check as metrics name it; null when it is the path of something else. */
  static @Nullable String routeOf(String path) {
    if (path.startsWith(CheckRoute.BEGINS)) {
      return CheckRoute.PATH;
    }
    if (path.startsWith(OF_DEVICE)) {
      Matcher device = DEVICE.matcher(path);
      return device.matches() ? OF_DEVICE + "{deviceId}/" + device.group(1) : null;
    }
    return path.contains(OF_CONTROLLER) && POLL.matcher(path).matches()
        ? "/{tenant}/controller/v1/{controllerId}"
        : null;
  }
}
