package io.towncrier.delivery.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeadLetters;
import io.towncrier.delivery.ReleaseDeadLetters;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.rest.Bodies;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Deliveries that were given up, for operators. */
@Path("/v1/admin/dead-letters")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class DeadLetterResource {
  private static final int PAGE = 100;
  private static final int LONGEST = 64;
  private static final String BETWEEN = ":";

  private final DeadLetters deadLetters;
  private final ReleaseDeadLetters release;
  private final SecurityIdentity operator;

  DeadLetterResource(
      DeadLetters deadLetters, ReleaseDeadLetters release, SecurityIdentity operator) {
    this.deadLetters = deadLetters;
    this.release = release;
    this.operator = operator;
  }

  @GET
  @Operation(summary = "Deliveries that were given up and why, a hundred at a time")
  public Uni<Page> list(
      @QueryParam("notice") @Nullable String notice, @QueryParam("after") @Nullable String after) {
    InputReader input = new InputReader();
    Optional<String> of = input.optionalText("notice", notice, LONGEST);
    Optional<DeadLetters.Key> behind =
        input.parsed("after", after, DeadLetterResource::key, "must be notice:device");
    input.finish();
    return deadLetters.list(of, behind, PAGE).map(DeadLetterResource::page);
  }

  @POST
  @Path("/release")
  @Operation(
      summary = "Let those of a notice go out again",
      description = "Once their cause is mended; nothing of a notice that is cancelled or expired.")
  public Uni<Released> release(@Nullable ReleaseBody body) {
    ReleaseBody given = Bodies.required(body);
    InputReader input = new InputReader();
    String notice = input.text("notice", given.notice(), LONGEST);
    input.notEmpty("reason", given.reason());
    input.notEmpty("device", given.device());
    Optional<String> reason = input.optionalText("reason", given.reason(), LONGEST);
    Optional<String> device = input.optionalText("device", given.device(), LONGEST);
    input.finish();
    return release
        .run(notice, reason, device, operator.getPrincipal().getName())
        .map(Released::new);
  }

  private static Optional<DeadLetters.Key> key(String text) {
    String[] parts = text.split(BETWEEN, -1);
    return parts.length == 2
        ? Optional.of(new DeadLetters.Key(parts[0], parts[1]))
        : Optional.empty();
  }

  private static Page page(List<DeadLetters.DeadLetter> found) {
    Optional<String> next =
        found.size() < PAGE
            ? Optional.empty()
            : Optional.of(found.get(found.size() - 1).key())
                .map(key -> key.notice() + BETWEEN + key.device());
    return new Page(found.stream().map(Shown::of).toList(), next);
  }

  record ReleaseBody(@Nullable String notice, @Nullable String reason, @Nullable String device) {}

  record Released(int released) {}

  record Page(List<Shown> deadLetters, Optional<String> after) {}

  record Shown(String notice, String device, String reason, int attempts, Instant diedAt) {
    static Shown of(DeadLetters.DeadLetter letter) {
      return new Shown(
          letter.key().notice(),
          letter.key().device(),
          letter.reason(),
          letter.attempts(),
          letter.diedAt());
    }
  }
}
