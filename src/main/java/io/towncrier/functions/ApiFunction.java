package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.towncrier.functions.gateway.GatewayPaths;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Handler {@code io.towncrier.functions.ApiFunction::handle}: the HTTP API behind API Gateway. What
 * answers is Quarkus' own handler.
 */
public final class ApiFunction {
  // By its name: only the Lambda package has the extension, and no other class may be a handler.
  private static final String QUARKUS = "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler";

  private final RequestStreamHandler quarkus;

  public ApiFunction() throws ReflectiveOperationException {
    Functions.initialize();
    this.quarkus =
        Class.forName(QUARKUS)
            .asSubclass(RequestStreamHandler.class)
            .getDeclaredConstructor()
            .newInstance();
  }

  public void handle(InputStream event, OutputStream result, Context context) throws IOException {
    InputStream request = new ByteArrayInputStream(GatewayPaths.encoded(event.readAllBytes()));
    Observed.run("api", context, () -> quarkus.handleRequest(request, result, context));
  }
}
