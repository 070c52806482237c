package io.towncrier.notices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.audience.Reach;
import io.towncrier.notices.selection.CountAudience;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How many devices a notice addresses, at once: a preview looks at each of them. */
@Path("/v1/admin/notices/{noticeId}/audience")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class AudienceResource {
  private final NoticeStore notices;
  private final CountAudience count;
  private final InstantSource clock;

  AudienceResource(NoticeStore notices, CountAudience count, InstantSource clock) {
    this.notices = notices;
    this.count = count;
    this.clock = clock;
  }

  @GET
  @Operation(
      operationId = "countAudience",
      summary = "Count the devices that a notice addresses, within a second",
      description =
          "addressed, byCountry and byLanguage are there when they are exact: the audience names "
              + "no devices, accounts or days, and no phone is addressed only through a router. "
              + "Else atMost is all that can be said at once, and the preview tells the number.")
  @Problems({ProblemCode.UNKNOWN_NOTICE})
  public Uni<Counted> count(@PathParam("noticeId") String id) {
    Instant asOf = clock.instant();
    return notices
        .find(NoticeAnswers.checked(id))
        .map(found -> found.orElseThrow(NoticeAnswers::unknown).notice().content().audience())
        .chain(count::run)
        .map(
            outcome -> {
              if (outcome instanceof CountAudience.Outcome.Counted counted) {
                return Counted.of(counted.reach(), asOf);
              }
              throw Problem.invalidRequest(((CountAudience.Outcome.Refused) outcome).errors())
                  .asException();
            });
  }

  @Schema(name = "AudienceCount")
  record Counted(
      Optional<Long> addressed,
      long atMost,
      Optional<Map<String, Long>> byCountry,
      Optional<Map<String, Long>> byLanguage,
      Instant asOf) {
    static Counted of(Reach reach, Instant asOf) {
      return new Counted(
          reach.exact().map(Reach.Exact::addressed),
          reach.atMost(),
          reach.exact().map(Reach.Exact::byCountry),
          reach.exact().map(Reach.Exact::byLanguage),
          asOf);
    }
  }
}
