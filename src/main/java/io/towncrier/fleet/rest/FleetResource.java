package io.towncrier.fleet.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.fleet.Axis;
import io.towncrier.fleet.FleetCounts;
import io.towncrier.fleet.FleetFilter;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.rest.Paging;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How many devices there are of what, for operators. */
@Path("/v1/admin/fleet")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class FleetResource {
  private static final Paging PAGING = new Paging("group", false);

  private final FleetCounts counts;
  private final InstantSource clock;

  FleetResource(FleetCounts counts, InstantSource clock) {
    this.counts = counts;
    this.clock = clock;
  }

  @GET
  @Operation(
      operationId = "countFleet",
      summary = "Count the registered devices by one or two facts",
      description =
          "by names one or two of product, version, country, timezone, language, channel and "
              + "kind, with a comma between; each of them is a filter as well, unknown where a "
              + "country, timezone or language is not known. Revoked devices do not count. devices "
              + "is the sum over all pages, as of asOf.")
  public Uni<Counted> count(
      @QueryParam("by") @Nullable String by,
      @QueryParam("product") @Nullable String product,
      @QueryParam("version") @Nullable String version,
      @QueryParam("country") @Nullable String country,
      @QueryParam("timezone") @Nullable String timezone,
      @QueryParam("language") @Nullable String language,
      @QueryParam("channel") @Nullable String channel,
      @QueryParam("kind") @Nullable String kind,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    List<Axis> axes = FleetQuery.axes(input, by);
    FleetFilter filter =
        FleetQuery.filter(input, product, version, country, timezone, language, channel, kind);
    ListToken token =
        ListToken.of(
            axes.size(),
            axes.toString(),
            product,
            version,
            country,
            timezone,
            language,
            channel,
            kind,
            sort == null ? PAGING.key() : sort);
    PageRequest<List<String>> request = PAGING.read(input, limit, after, sort, token::read);
    input.finish();
    Instant asOf = clock.instant();
    return counts.table(axes, filter, request).map(table -> Counted.of(axes, table, token, asOf));
  }

  /** A part of the groups; {@code devices} counts those of all parts. */
  @Schema(name = "FleetCounts")
  record Counted(
      List<Grouped> items, Optional<String> next, String total, long devices, Instant asOf) {
    static Counted of(List<Axis> axes, FleetCounts.Table table, ListToken token, Instant asOf) {
      return new Counted(
          table.page().items(counted -> Grouped.of(axes, counted)),
          table.page().next(last -> token.write(last.values())),
          table.page().total(),
          table.devices(),
          asOf);
    }
  }

  /** Devices that are alike: the facts that they share, and how many they are. */
  @Schema(name = "FleetGroup")
  record Grouped(Map<String, String> group, long devices) {
    static Grouped of(List<Axis> axes, FleetCounts.Group counted) {
      Map<String, String> group = new LinkedHashMap<>();
      for (int i = 0; i < axes.size(); i++) {
        Axis axis = axes.get(i);
        group.put(axis.code(), FleetQuery.shown(axis, counted.values().get(i)));
      }
      return new Grouped(group, counted.devices());
    }
  }
}
