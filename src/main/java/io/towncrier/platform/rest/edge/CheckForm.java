package io.towncrier.platform.rest.edge;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Each form in which a check arrives over HTTP, by its path, whichever feature answers it. Code
 * that treats checks otherwise than other requests asks here, so that no form is left out.
 */
public enum CheckForm {
  OF_PRODUCT("/v1/products/{product}/update", true, true),
  OF_PRODUCT_AS_LINES("/v1/products/{product}/update.txt", true, true),
  OF_PRODUCT_BY_RAUC("/v1/products/{product}/rauc", true, false),
  OF_DEVICE("/v1/devices/{deviceId}/check", false, false),
  OF_DEVICE_BY_RAUC("/v1/devices/{deviceId}/rauc", true, false),
  // What a controller then says of its action is no check.
  OF_CONTROLLER("/{tenant}/controller/v1/{controllerId}", false, false);

  // Asked of each request: values() would be another array each time.
  private static final List<CheckForm> ALL = List.of(values());

  private final String route;
  private final boolean hasFactsInItsQuery;
  private final boolean isForPages;
  private final Pattern path;

  CheckForm(String route, boolean hasFactsInItsQuery, boolean isForPages) {
    this.route = route;
    this.hasFactsInItsQuery = hasFactsInItsQuery;
    this.isForPages = isForPages;
    this.path = Pattern.compile(route.replace(".", "\\.").replaceAll("\\{\\w+}", "[^/]+") + "/?");
  }

  /** The form of a path, with or without a slash at its end; empty when it is no check's. */
  public static Optional<CheckForm> of(String path) {
    for (CheckForm form : ALL) {
      if (form.path.matcher(path).matches()) {
        return Optional.of(form);
      }
    }
    return Optional.empty();
  }

  /** As metrics name it. */
  public String route() {
    return route;
  }

  /** Whether it reads its query itself: what is broken costs the one fact that it belongs to. */
  boolean hasFactsInItsQuery() {
    return hasFactsInItsQuery;
  }

  /** Whether shared caches keep its answers, which are public, for the pages of every origin. */
  boolean isForPages() {
    return isForPages;
  }
}
