package io.towncrier.notices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.counts.LadderCounts;
import io.towncrier.notices.counts.NoticeCounts;
import io.towncrier.notices.counts.NoticeDeliveries;
import io.towncrier.platform.Ids;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Paging;
import io.towncrier.platform.time.Moments;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How far a notice is, from counts that are kept, and which deliveries it is that are not done. */
@Path("/v1/admin/notices/{noticeId}")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class NoticeProgressResource {
  private static final Paging PAGING = new Paging("device", false);
  private static final Duration SHORTEST_STEP = Duration.ofMinutes(1);
  private static final Duration LONGEST_STEP = Duration.ofDays(7);
  private static final Duration SHOWN = Duration.ofDays(1);
  // A code with what Getui says of it is the longest.
  private static final int LONGEST_REASON = 128;
  // Of these an index knows where they are: among all deliveries a rare reason would be a long
  // walk.
  private static final Set<NoticeDeliveries.State> HAVE_REASONS =
      EnumSet.of(
          NoticeDeliveries.State.SUPPRESSED,
          NoticeDeliveries.State.DEAD,
          NoticeDeliveries.State.PENDING);

  private final NoticeStore notices;
  private final NoticeCounts counts;
  private final LadderCounts ladders;
  private final NoticeDeliveries deliveries;
  private final InstantSource clock;

  NoticeProgressResource(
      NoticeStore notices,
      NoticeCounts counts,
      LadderCounts ladders,
      NoticeDeliveries deliveries,
      InstantSource clock) {
    this.notices = notices;
    this.counts = counts;
    this.ladders = ladders;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  @GET
  @Path("/progress")
  @Operation(
      operationId = "getNoticeProgress",
      summary = "Get how far a notice is by country and language, and how far its pushes came",
      description =
          "From counts that are kept: country and language are those that a device had when its"
              + " delivery was planned or came to an end. accepted is not seen. What happens on"
              + " phones is told by those whose users let it be told, with a check of their own.")
  @Problems({ProblemCode.UNKNOWN_NOTICE})
  public Uni<ProgressBodies.ByPlace> progress(@PathParam("noticeId") String id) {
    Instant asOf = clock.instant();
    String notice = NoticeAnswers.checked(id);
    return known(notice)
        .chain(() -> counts.by(notice, NoticeCounts.Axis.COUNTRY))
        .chain(
            countries ->
                counts
                    .by(notice, NoticeCounts.Axis.LANGUAGE)
                    .chain(
                        languages ->
                            ladders
                                .ladder(notice)
                                .map(
                                    ladder ->
                                        ProgressBodies.ByPlace.of(
                                            asOf, ladder, countries, languages))));
  }

  @GET
  @Path("/progress/series")
  @Operation(
      operationId = "getNoticeSeries",
      summary = "Get how many deliveries of a notice came to an end in each step of time",
      description =
          "The last day when nothing is said, in steps of a minute; longer steps where more than"
              + " 500 would be answered. Steps without anything are left out. Kept for 400 days.")
  @Problems({ProblemCode.UNKNOWN_NOTICE})
  public Uni<ProgressBodies.Series> series(
      @PathParam("noticeId") String id,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("step") @Nullable String step) {
    InputReader input = new InputReader();
    Instant end = Moments.read(input, "to", to).orElseGet(clock::instant);
    Instant begin = Moments.read(input, "from", from).orElse(end.minus(SHOWN));
    Duration asked =
        input
            .parsed("step", step, NoticeProgressResource::step, "must be from PT1M to P7D")
            .orElse(SHORTEST_STEP);
    if (!begin.isBefore(end)) {
      input.reject("from", "must be before to");
    }
    input.finish();
    Duration used = ProgressBodies.fitting(asked, Duration.between(begin, end));
    String notice = NoticeAnswers.checked(id);
    return known(notice)
        .chain(() -> counts.series(notice, begin, end, used, ProgressBodies.MOST_STEPS + 1))
        .map(steps -> ProgressBodies.Series.of(begin, end, used, steps));
  }

  @GET
  @Path("/deliveries")
  @Operation(
      operationId = "listNoticeDeliveries",
      summary = "List the deliveries of a notice by state and reason",
      description =
          "A reason needs the state suppressed, dead or pending. total comes from the counts, so it"
              + " may be ahead of a page that was read.")
  @Problems({ProblemCode.UNKNOWN_NOTICE})
  public Uni<ProgressBodies.Deliveries> deliveries(
      @PathParam("noticeId") String id,
      @QueryParam("state") @Nullable String state,
      @QueryParam("reason") @Nullable String reason,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    Optional<NoticeDeliveries.State> in =
        input.parsed("state", state, NoticeDeliveries.State::parse, "is no state of a delivery");
    Optional<String> why = input.optionalText("reason", reason, LONGEST_REASON);
    if (why.isPresent() && in.filter(HAVE_REASONS::contains).isEmpty()) {
      input.reject("reason", "needs the state suppressed, dead or pending");
    }
    PageRequest<String> request =
        PAGING.read(
            input,
            limit,
            after,
            sort,
            text -> Optional.of(text).filter(NoticeProgressResource::isId));
    input.finish();
    String notice = NoticeAnswers.checked(id);
    return known(notice)
        .chain(() -> deliveries.list(notice, in, why, request))
        .map(ProgressBodies.Deliveries::of);
  }

  private Uni<Void> known(String notice) {
    return notices
        .find(notice)
        .map(found -> found.orElseThrow(NoticeAnswers::unknown))
        .replaceWithVoid();
  }

  private static boolean isId(String text) {
    return Ids.looksLike("dev", text);
  }

  private static Optional<Duration> step(String text) {
    try {
      return Optional.of(Duration.parse(text))
          .filter(step -> step.compareTo(SHORTEST_STEP) >= 0 && step.compareTo(LONGEST_STEP) <= 0);
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
