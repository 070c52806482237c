package io.towncrier.events.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.events.Endpoints;
import io.towncrier.events.Event;
import io.towncrier.events.EventOutbox;
import io.towncrier.events.EventOutbox.Dead;
import io.towncrier.platform.Ids;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.NoBody;
import io.towncrier.platform.rest.Paging;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Events that an endpoint did not take, for operators. Endpoints are settings: no API has them. */
@Path("/v1/admin/events/dead-letters")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class EventResource {
  private static final Paging PAGING = new Paging("id", false);
  private static final String BETWEEN = ":";

  private final EventOutbox outbox;
  private final InstantSource clock;

  EventResource(EventOutbox outbox, InstantSource clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Operation(
      operationId = "listEventDeadLetters",
      summary = "List the events that were given up, and why")
  public Uni<Letters> list(
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    PageRequest<EventOutbox.Key> request =
        PAGING.read(input, limit, after, sort, EventResource::key);
    input.finish();
    return outbox.dead(request).map(Letters::of);
  }

  @POST
  @Path("/{letter}/retry")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "retryEvent",
      summary = "Send an event again that was given up",
      description = "It has as many attempts as a new one, and its id stays.")
  @Problems({ProblemCode.NOT_FOUND})
  public Uni<Void> retry(@PathParam("letter") String letter, @Nullable NoBody body) {
    Optional<EventOutbox.Key> key = key(letter);
    return (key.isEmpty()
            ? Uni.createFrom().item(false)
            : outbox.revive(key.get(), clock.instant()))
        .invoke(
            was -> {
              if (!was) {
                throw ProblemCode.NOT_FOUND
                    .with("No event that was given up has this id.")
                    .asException();
              }
            })
        .replaceWithVoid();
  }

  private static Optional<EventOutbox.Key> key(String text) {
    String[] parts = text.split(BETWEEN, -1);
    return parts.length == 2 && Ids.looksLike(Event.PREFIX, parts[0]) && Endpoints.isName(parts[1])
        ? Optional.of(new EventOutbox.Key(parts[0], parts[1]))
        : Optional.empty();
  }

  @Schema(name = "EventDeadLetterList")
  record Letters(List<Letter> items, Optional<String> next, String total) {
    static Letters of(Page<Dead> page) {
      return new Letters(page.items(Letter::of), page.next(Letter::id), page.total());
    }
  }

  /**
   * An event that an endpoint did not take.
   *
   * @param id of event and endpoint
   */
  @Schema(name = "EventDeadLetter")
  record Letter(
      String id,
      String event,
      String endpoint,
      String topic,
      int attempts,
      String reason,
      Instant diedAt) {
    static Letter of(Dead dead) {
      return new Letter(
          id(dead),
          dead.key().event(),
          dead.key().endpoint(),
          dead.topic(),
          dead.attempts(),
          dead.reason(),
          dead.at());
    }

    static String id(Dead dead) {
      return dead.key().event() + BETWEEN + dead.key().endpoint();
    }
  }
}
