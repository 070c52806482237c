package io.towncrier.privacyrequests.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.Paging;
import io.towncrier.privacy.rights.Ground;
import io.towncrier.privacyrequests.CancelByRequest;
import io.towncrier.privacyrequests.CancelByRequest.Asked;
import io.towncrier.privacyrequests.HandlePrivacyRequest;
import io.towncrier.privacyrequests.HandlePrivacyRequest.Outcome;
import io.towncrier.privacyrequests.PrivacyRequest;
import io.towncrier.privacyrequests.PrivacyRequests;
import io.towncrier.privacyrequests.RefusalReason;
import io.towncrier.privacyrequests.RequestAnswer;
import io.towncrier.privacyrequests.RequestKind;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Requests by letter or e-mail, for operators. */
@Path("/v1/admin/privacy-requests")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class PrivacyRequestResource {
  private static final Paging PAGING = new Paging("due", false);
  private static final int LONGEST_CODE = 40;
  private static final int LONGEST_NAME = 200;
  // OpenID Connect Core, section 2.
  private static final int LONGEST_SUBJECT = 255;
  // A ticket; what could be a name or an address of somebody does not fit in.
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/#-]{0,63}");

  private final HandlePrivacyRequest handle;
  private final CancelByRequest cancel;
  private final PrivacyRequests requests;
  private final InstantSource clock;
  private final SecurityIdentity operator;

  PrivacyRequestResource(
      HandlePrivacyRequest handle,
      CancelByRequest cancel,
      PrivacyRequests requests,
      InstantSource clock,
      SecurityIdentity operator) {
    this.handle = handle;
    this.cancel = cancel;
    this.requests = requests;
    this.clock = clock;
    this.operator = operator;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Operation(
      operationId = "listPrivacyRequests",
      summary = "List privacy requests, in the order of their deadlines")
  public Uni<PrivacyRequestBodies.Listed> list(
      @QueryParam("state") @Nullable String state,
      @QueryParam("kind") @Nullable String kind,
      @QueryParam("dueBefore") @Nullable String dueBefore,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    PrivacyRequests.Query query =
        new PrivacyRequests.Query(
            input.parsed(
                "state", state, PrivacyRequest.State::parse, "must be open, answered or refused"),
            input.parsed("kind", kind, RequestKind::parse, "is no kind of a privacy request"),
            moment(input, "dueBefore", dueBefore));
    PageRequest<PrivacyRequests.Key> request =
        PAGING.read(input, limit, after, sort, RequestKey::read);
    input.finish();
    return requests
        .list(query, request)
        .map(page -> PrivacyRequestBodies.Listed.of(page, clock.instant()));
  }

  @POST
  @ResponseStatus(201)
  @APIResponse(
      responseCode = "201",
      description = "Opened",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = PrivacyRequestBodies.Shown.class)))
  @Operation(
      operationId = "openPrivacyRequest",
      summary = "Open a request that came by letter or e-mail",
      description =
          "It is due 15 days after the identity of the person was verified; health reminds after"
              + " 10, an alarm rings after 14. Who the person is stays in your own files, under the"
              + " reference. With a subject the account is cancelled when this returns, and the"
              + " request is answered; the same again gives the same receipt.")
  @Problems({ProblemCode.NOT_YET_EFFECTIVE})
  public Uni<PrivacyRequestBodies.Shown> open(PrivacyRequestBodies.@Nullable Opening body) {
    PrivacyRequestBodies.Opening given = Bodies.required(body);
    InputReader input = new InputReader();
    Optional<Asked> asked = asked(given, input);
    input.notEmpty("subject", given.subject());
    Optional<Secret> subject =
        input.optionalText("subject", given.subject(), LONGEST_SUBJECT).map(Secret::new);
    if (subject.isPresent() && asked.filter(what -> !what.kind().mayCancel()).isPresent()) {
      input.reject("subject", "is for cancellations and deletions alone");
    }
    input.finish();
    Asked what = asked.orElseThrow();
    return subject.isPresent()
        ? cancel.run(what, subject.get(), name()).map(this::shown)
        : handle
            .open(what.kind(), what.reference(), what.ground(), what.verifiedAt(), name())
            .map(this::shown);
  }

  /** Empty when the input has rejected something of it. */
  private Optional<Asked> asked(PrivacyRequestBodies.Opening given, InputReader input) {
    Optional<RequestKind> kind =
        input.parsed(
            "kind",
            input.text("kind", given.kind(), LONGEST_CODE),
            RequestKind::parse,
            "is no kind of a privacy request");
    Optional<String> reference =
        input.parsed(
            "reference",
            input.text("reference", given.reference(), 64),
            text -> Optional.of(text).filter(REFERENCE.asMatchPredicate()),
            "must be a ticket: letters, digits and . _ / # - alone");
    Optional<Ground> ground =
        input.parsed("ground", given.ground(), Ground::of, "is no ground of a deletion");
    input.text("verifiedAt", given.verifiedAt(), LONGEST_CODE);
    Optional<Instant> verified = moment(input, "verifiedAt", given.verifiedAt());
    if (verified.filter(clock.instant()::isBefore).isPresent()) {
      input.reject("verifiedAt", "is in the future");
    }
    if (kind.isPresent() && kind.get().needsGround() != (given.ground() != null)) {
      input.reject("ground", kind.get().needsGround() ? "is required" : "is for deletions alone");
    }
    return kind.isPresent() && reference.isPresent() && verified.isPresent()
        ? Optional.of(new Asked(kind.get(), reference.get(), ground, verified.get()))
        : Optional.empty();
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Path("/{requestId}")
  @Operation(operationId = "getPrivacyRequest", summary = "Get a privacy request")
  @Problems({ProblemCode.UNKNOWN_PRIVACY_REQUEST})
  public Uni<PrivacyRequestBodies.Shown> show(@PathParam("requestId") String id) {
    return requests
        .find(id)
        .map(found -> shown(found.orElseThrow(PrivacyRequestResource::unknown)));
  }

  @POST
  @Path("/{requestId}/answer")
  @Operation(
      operationId = "answerPrivacyRequest",
      summary = "Note what a privacy request was answered with, and close it")
  @Problems({ProblemCode.UNKNOWN_PRIVACY_REQUEST, ProblemCode.WRONG_STATE})
  @APIResponse(responseCode = "200", description = "The closed request")
  public Uni<PrivacyRequestBodies.Shown> answer(
      @PathParam("requestId") String id, PrivacyRequestBodies.@Nullable Answer body) {
    InputReader input = new InputReader();
    Optional<RequestAnswer> answer =
        input.parsed(
            "answer",
            input.text("answer", Bodies.required(body).answer(), LONGEST_CODE),
            RequestAnswer::parse,
            "is no answer to a privacy request");
    input.finish();
    return handle.answer(id, answer.orElseThrow(), name()).map(this::closed);
  }

  @POST
  @Path("/{requestId}/refuse")
  @Operation(
      operationId = "refusePrivacyRequest",
      summary = "Refuse a privacy request, and close it",
      description =
          "For one of the reasons of the privacy policy, by a person who is named. A request to"
              + " switch notifications off is never refused.")
  @Problems({ProblemCode.UNKNOWN_PRIVACY_REQUEST, ProblemCode.WRONG_STATE})
  @APIResponse(responseCode = "200", description = "The closed request")
  public Uni<PrivacyRequestBodies.Shown> refuse(
      @PathParam("requestId") String id, PrivacyRequestBodies.@Nullable Refusal body) {
    PrivacyRequestBodies.Refusal given = Bodies.required(body);
    InputReader input = new InputReader();
    Optional<RefusalReason> reason =
        input.parsed(
            "refusal",
            input.text("refusal", given.refusal(), LONGEST_CODE),
            RefusalReason::parse,
            "is no reason for which a request may be refused");
    String decidedBy = input.visibleText("decidedBy", given.decidedBy(), LONGEST_NAME);
    input.finish();
    return handle.refuse(id, reason.orElseThrow(), decidedBy, name()).map(this::closed);
  }

  private PrivacyRequestBodies.Shown closed(Outcome outcome) {
    if (outcome instanceof Outcome.Done done) {
      return shown(done.request());
    }
    if (outcome instanceof Outcome.Unknown) {
      throw unknown();
    }
    if (outcome instanceof Outcome.Over) {
      throw ProblemCode.WRONG_STATE.with("The request is closed already.").asException();
    }
    if (outcome instanceof Outcome.NoAnswer no) {
      throw Problem.invalidRequest("answer", "is no answer to the kind " + no.kind().code())
          .asException();
    }
    if (outcome instanceof Outcome.NeverRefused) {
      throw ProblemCode.WRONG_STATE
          .with("A request to switch notifications off is never refused: do it, and answer it.")
          .asException();
    }
    throw new ForgottenCase(outcome);
  }

  private PrivacyRequestBodies.Shown shown(PrivacyRequest request) {
    return PrivacyRequestBodies.Shown.of(request, clock.instant());
  }

  private PrivacyRequestBodies.Shown shown(CancelByRequest.Done done) {
    return PrivacyRequestBodies.Shown.of(done.request(), done.receipt(), clock.instant());
  }

  private static ProblemException unknown() {
    return ProblemCode.UNKNOWN_PRIVACY_REQUEST.with("No request has this id.").asException();
  }

  private static Optional<Instant> moment(InputReader input, String field, @Nullable String given) {
    return input.parsed(
        field, given, PrivacyRequestResource::instant, "must be such as 2026-11-30T08:00:00Z");
  }

  private static Optional<Instant> instant(String text) {
    try {
      // Within what every calendar and database takes.
      return Optional.of(Instant.parse(text))
          .filter(at -> at.isAfter(Instant.EPOCH))
          .filter(at -> at.isBefore(Instant.parse("9999-01-01T00:00:00Z")));
    } catch (DateTimeParseException malformed) {
      return Optional.empty();
    }
  }

  private String name() {
    return operator.getPrincipal().getName();
  }
}
