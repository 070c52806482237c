package io.towncrier.platform.rest;

import io.towncrier.platform.Traces;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Provider;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Names a request by the path as it is declared: the path itself may hold ids. */
public final class RouteName {
  /** Under which name of the request its route is found, once it is known. */
  public static final String OF_REQUEST = "towncrier.route";

  // As in BodyLimit: filters are made before there is configuration.
  private final Provider<Traces> traces;
  // As many as there are endpoints.
  private final Map<Method, String> routes = new ConcurrentHashMap<>();

  RouteName(Provider<Traces> traces) {
    this.traces = traces;
  }

  @ServerRequestFilter
  void name(ResourceInfo resource, RoutingContext context) {
    String route =
        routes.computeIfAbsent(
            resource.getResourceMethod(), method -> route(resource.getResourceClass(), method));
    context.put(OF_REQUEST, route);
    Traces.Span span = traces.get().current();
    if (span == Traces.Span.NONE) {
      return;
    }
    span.note("http.route", route);
    span.rename(method(resource.getResourceMethod()) + " " + route);
  }

  static String route(Class<?> resource, Method method) {
    return path(resource) + path(method);
  }

  private static String path(AnnotatedElement declared) {
    Path path = declared.getAnnotation(Path.class);
    if (path == null || path.value().isEmpty() || path.value().equals("/")) {
      return "";
    }
    return path.value().startsWith("/") ? path.value() : "/" + path.value();
  }

  private static String method(Method method) {
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (http != null) {
        return http.value();
      }
    }
    return "HTTP";
  }
}
