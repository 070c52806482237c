package io.towncrier.server;

import io.quarkus.runtime.LaunchMode;
import io.smallrye.common.annotation.NonBlocking;
import io.towncrier.console.ConsoleConfig;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** For who opens the server's address: the console in a browser, else what there is to do next. */
@Path("/")
@PermitAll
class FrontPage {
  private static final URI CONSOLE = URI.create("/console");

  private final Greeting greeting;
  private final ConsoleConfig console;

  FrontPage(Greeting greeting, ConsoleConfig console) {
    this.greeting = greeting;
    this.console = console;
  }

  @GET
  @NonBlocking
  @Operation(hidden = true)
  public Response show(@HeaderParam("Accept") @Nullable String accept) {
    // Browsers name it first; programs that take anything get JSON, as everywhere here.
    boolean browser = accept != null && accept.contains("text/html");
    Response.ResponseBuilder answer =
        browser && console.operators()
            ? Response.seeOther(CONSOLE)
            : Response.ok(new Answer("towncrier", steps()), MediaType.APPLICATION_JSON);
    return answer.header("Vary", "Accept").build();
  }

  private List<NextSteps.Step> steps() {
    return greeting.steps(LaunchMode.current() == LaunchMode.DEVELOPMENT);
  }

  record Answer(String name, List<NextSteps.Step> next) {}
}
