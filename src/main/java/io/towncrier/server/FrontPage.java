package io.towncrier.server;

import io.quarkus.runtime.LaunchMode;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What there is to do next, for who opens the server's address: a page, or JSON. */
@Path("/")
@PermitAll
class FrontPage {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><title>Towncrier</title></head>
      <body>
      <h1>Towncrier</h1>
      <p>Notification and upgrade service. What comes next, as lines to copy:</p>
      <dl>
      %s</dl>
      <p>Also here: <a href="/q/openapi">the API</a>, <a href="/q/health/ready">health</a>,
      <a href="/personal-center/notification-alerts">the page Notification Alerts</a>,
      <a href="/v1/about">version</a>.</p>
      </body>
      </html>
      """;
  private static final String STEP =
      """
      <dt>%s</dt>
      <dd><pre>%s</pre></dd>
      """;

  private final Greeting greeting;

  FrontPage(Greeting greeting) {
    this.greeting = greeting;
  }

  @GET
  @NonBlocking
  @Operation(hidden = true)
  public Response show(@HeaderParam("Accept") @Nullable String accept) {
    // Browsers name it first; programs that take anything get JSON, as everywhere here.
    return accept != null && accept.contains("text/html") ? page() : json();
  }

  private Response json() {
    return Response.ok(new Answer("towncrier", steps()), MediaType.APPLICATION_JSON)
        .header("Vary", "Accept")
        .build();
  }

  private Response page() {
    String steps =
        steps().stream()
            .map(step -> STEP.formatted(escaped(step.name()), escaped(step.line())))
            .collect(Collectors.joining());
    return Response.ok(PAGE.formatted(steps), "text/html;charset=UTF-8")
        .header("Vary", "Accept")
        .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .build();
  }

  private List<NextSteps.Step> steps() {
    return greeting.steps(LaunchMode.current() == LaunchMode.DEVELOPMENT);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  record Answer(String name, List<NextSteps.Step> next) {}
}
