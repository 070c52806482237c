package io.towncrier.delivery.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeadLetters;
import io.towncrier.delivery.ReleaseDeadLetters;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.Paging;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Deliveries that were given up, for operators. */
@Path("/v1/admin/dead-letters")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class DeadLetterResource {
  private static final Paging PAGING = new Paging("id", false);
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
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Operation(
      operationId = "listDeadLetters",
      summary = "List the deliveries that were given up, and why")
  public Uni<Letters> list(
      @QueryParam("notice") @Nullable String notice,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    Optional<String> of = input.optionalText("notice", notice, LONGEST);
    PageRequest<DeadLetters.Key> request =
        PAGING.read(input, limit, after, sort, DeadLetterResource::key);
    input.finish();
    return deadLetters.list(of, request).map(Letters::of);
  }

  @POST
  @Path("/release")
  @Operation(
      operationId = "releaseDeadLetters",
      summary = "Retry the dead letters of a notice",
      description =
          "Use it when their cause is mended. Dead letters of a cancelled or expired "
              + "notice stay.")
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

  @Schema(name = "DeadLetterRelease")
  record ReleaseBody(@Nullable String notice, @Nullable String reason, @Nullable String device) {}

  @Schema(name = "ReleasedDeadLetters")
  record Released(int released) {}

  @Schema(name = "DeadLetterList")
  record Letters(List<Shown> items, Optional<String> next, String total) {
    static Letters of(Page<DeadLetters.DeadLetter> page) {
      return new Letters(
          page.items(Shown::of),
          page.next(last -> last.key().notice() + BETWEEN + last.key().device()),
          page.total());
    }
  }

  @Schema(name = "DeadLetter")
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
