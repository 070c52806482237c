package io.towncrier.overview.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.overview.ListReleases;
import io.towncrier.overview.Sorted;
import io.towncrier.overview.SummaryStore;
import io.towncrier.platform.Ids;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.time.Moments;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.Severity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Releases and notices by what people look for, each in a line. */
@Path("/v1/admin")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class SummaryResource {
  private static final Orders RELEASES = new Orders(SummaryStore.RELEASE_KEYS, false);
  private static final Orders NOTICES = new Orders(SummaryStore.NOTICE_KEYS, true);
  private static final int LONGEST_QUERY = 100;

  private final ListReleases releases;
  private final SummaryStore summaries;

  SummaryResource(ListReleases releases, SummaryStore summaries) {
    this.releases = releases;
    this.summaries = summaries;
  }

  @GET
  @Path("/release-summaries")
  @Operation(
      operationId = "listReleaseSummaries",
      summary = "List releases in a line each: how far their rollout is, and who has them",
      description =
          "The notes and artifacts are left out. installed counts registered devices that report"
              + " the version; installedPercentage is their share of the product's devices.")
  public Uni<SummaryBodies.Releases> releases(
      @QueryParam("q") @Nullable String q,
      @QueryParam("product") @Nullable String product,
      @QueryParam("state") @Nullable String state,
      @QueryParam("severity") @Nullable String severity,
      @QueryParam("channel") @Nullable String channel,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    SummaryStore.ReleaseFilter filter =
        new SummaryStore.ReleaseFilter(
            input.optionalText("q", q, LONGEST_QUERY),
            product(input, product),
            input.parsed(
                "state", state, Release.State::parse, "must be draft, published or withdrawn"),
            input.parsed("severity", severity, Severity::parse, "is no severity"),
            input.optionalText("channel", channel, LONGEST_QUERY));
    Sorted<ReleaseId> request = RELEASES.read(input, limit, after, sort, ReleaseId::parse);
    input.finish();
    return releases.run(filter, request).map(SummaryBodies.Releases::of);
  }

  @GET
  @Path("/notice-summaries")
  @Operation(
      operationId = "listNoticeSummaries",
      summary = "List notices in a line each, with counts of their deliveries",
      description =
          "The texts are left out. byState says how many there are in each state with the other"
              + " filters, each counted up to 10,000 in all.")
  public Uni<SummaryBodies.Notices> notices(
      @QueryParam("q") @Nullable String q,
      @QueryParam("state") @Nullable String state,
      @QueryParam("kind") @Nullable String kind,
      @QueryParam("product") @Nullable String product,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    SummaryStore.NoticeFilter filter =
        new SummaryStore.NoticeFilter(
            input.optionalText("q", q, LONGEST_QUERY),
            input.parsed("state", state, NoticeStore.State::parse, "is no state of a notice"),
            input.parsed("kind", kind, NoticeKind::parse, "is no kind of a notice"),
            product(input, product),
            Moments.read(input, "from", from),
            Moments.read(input, "to", to));
    Sorted<String> request = NOTICES.read(input, limit, after, sort, SummaryResource::noticeId);
    input.finish();
    return summaries
        .notices(filter, request)
        .chain(
            page -> summaries.states(filter).map(states -> SummaryBodies.Notices.of(page, states)));
  }

  private static Optional<String> product(InputReader input, @Nullable String product) {
    return input.parsed(
        "product",
        InputReader.withPlus(product),
        id -> Optional.of(id).filter(Product::isId),
        "is not a product id");
  }

  private static Optional<String> noticeId(String text) {
    return Optional.of(text).filter(id -> Ids.looksLike(Notice.PREFIX, id));
  }
}
