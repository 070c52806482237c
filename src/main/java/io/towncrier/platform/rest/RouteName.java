package io.towncrier.platform.rest;

import io.towncrier.platform.Traces;
import jakarta.inject.Provider;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Names the span of a request by the path as it is declared: the path itself may hold ids. */
final class RouteName {
  // As in BodyLimit: filters are made before there is configuration.
  private final Provider<Traces> traces;

  RouteName(Provider<Traces> traces) {
    this.traces = traces;
  }

  @ServerRequestFilter
  void name(ResourceInfo resource) {
    Traces.Span span = traces.get().current();
    if (span == Traces.Span.NONE) {
      return;
    }
    String route = route(resource.getResourceClass(), resource.getResourceMethod());
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
