package io.towncrier.server.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.rest.Bodies;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Mints user tokens in dev mode. */
@IfBuildProfile("dev")
@Path("/v1/dev/user-tokens")
@PermitAll
class DevUsersResource {
  private final DevUsers users;

  DevUsersResource(DevUsers users) {
    this.users = users;
  }

  @POST
  @Operation(hidden = true)
  public Minted mint(@Nullable Wanted body) {
    InputReader input = new InputReader();
    String subject = input.text("subject", Bodies.required(body).subject(), 200);
    input.finish();
    return new Minted(users.tokenFor(subject).reveal());
  }

  record Wanted(@Nullable String subject) {}

  record Minted(String token) {}
}
