package io.towncrier.overview.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.overview.LookAtStatus;
import io.towncrier.overview.SettingsInForce;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.build.BuiltFrom;
import io.towncrier.platform.time.RenewZoneData;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One document that says how the service is, on a server and in a cell. */
@Path("/v1/admin/status")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class StatusResource {
  private final LookAtStatus look;
  private final SettingsInForce settings;
  private final InstantSource clock;
  private final String version;
  private final String flavour;

  StatusResource(
      LookAtStatus look,
      SettingsInForce settings,
      InstantSource clock,
      @ConfigProperty(name = "quarkus.application.version") String version,
      @ConfigProperty(name = "AWS_LAMBDA_FUNCTION_NAME") Optional<String> function) {
    this.look = look;
    this.settings = settings;
    this.clock = clock;
    this.version = version;
    this.flavour = function.isPresent() ? "functions" : "server";
  }

  @GET
  @Operation(
      operationId = "getStatus",
      summary = "Get the status of the service and its settings",
      description =
          "The same document on a server and in a cell. Of a secret setting it says only that it"
              + " is set. What is not known while the database is away is left out.")
  public Uni<StatusBodies.Shown> status() {
    Instant asOf = clock.instant();
    return look.run()
        .map(
            status ->
                new StatusBodies.Shown(
                    asOf,
                    flavour,
                    version,
                    BuiltFrom.commit(),
                    RenewZoneData.inForce(),
                    status.migration(),
                    status.checks().stream().map(StatusBodies.StatusCheck::of).toList(),
                    status.outbox().map(StatusBodies.OutboxStatus::of),
                    StatusBodies.PushStatus.of(status.pushes().get(0)),
                    status.pushes().stream().map(StatusBodies.PushStatus::of).toList(),
                    settings.all()));
  }
}
