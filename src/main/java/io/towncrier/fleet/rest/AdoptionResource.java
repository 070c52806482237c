package io.towncrier.fleet.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.fleet.AdoptionStore;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.time.Moments;
import io.towncrier.releases.ProductStore;
import io.towncrier.releases.version.Version;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How the versions of a product, or its countries, grew and shrank. */
@Path("/v1/admin/products/{product}/adoption")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class AdoptionResource {
  private static final Duration SHOWN = Duration.ofDays(90);
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(31);

  private final AdoptionStore store;
  private final ProductStore products;
  private final InstantSource clock;

  AdoptionResource(AdoptionStore store, ProductStore products, InstantSource clock) {
    this.store = store;
    this.products = products;
    this.clock = clock;
  }

  @GET
  @Operation(
      operationId = "getAdoption",
      summary = "Get how many devices of a product there were by version or country, over time",
      description =
          "Counted once a day, and once an hour within 30 days of a publication; hours are kept for"
              + " 30 days, days for 1,100. Of each step the last count. The 20 largest values are"
              + " named, and version whatever its size; the rest is others. Registered devices"
              + " alone are counted: anonymous checks are answered by caches. The last 90 days in"
              + " steps of a day when nothing is said; longer steps where more than 500 would be"
              + " answered.")
  @Problems({ProblemCode.UNKNOWN_PRODUCT})
  public Uni<AdoptionBodies.Shown> adoption(
      @PathParam("product") String product,
      @QueryParam("by") @Nullable String by,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("step") @Nullable String step,
      @QueryParam("version") @Nullable String version) {
    InputReader input = new InputReader();
    AdoptionStore.By axis =
        input
            .parsed("by", by, AdoptionStore.By::parse, "must be version or country")
            .orElse(AdoptionStore.By.VERSION);
    Instant end = Moments.read(input, "to", to).orElseGet(clock::instant);
    Instant begin = Moments.read(input, "from", from).orElse(end.minus(SHOWN));
    Duration asked =
        input
            .parsed("step", step, AdoptionResource::step, "must be from PT1H to P31D")
            .orElse(Duration.ofDays(1));
    Optional<String> named = named(input, axis, version);
    if (!begin.isBefore(end)) {
      input.reject("from", "must be before to");
    }
    input.finish();
    Duration least =
        Duration.between(begin, end).dividedBy(AdoptionBodies.MOST_POINTS).plusHours(1);
    Duration hours = Duration.ofHours(Math.max(least.toHours(), asked.toHours()));
    return products
        .find(product)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        ProblemCode.UNKNOWN_PRODUCT.with("Ids are case-sensitive.").asException()))
        .chain(() -> store.find(product, axis, begin, end, hours))
        .map(found -> AdoptionBodies.Shown.of(product, axis, begin, end, hours, found, named));
  }

  private static Optional<String> named(
      InputReader input, AdoptionStore.By axis, @Nullable String version) {
    Optional<String> named =
        input.optionalText("version", InputReader.withPlus(version), Version.MAX_LENGTH);
    if (named.isPresent() && axis != AdoptionStore.By.VERSION) {
      input.reject("version", "needs by=version");
    }
    return named;
  }

  private static Optional<Duration> step(String text) {
    try {
      return Optional.of(Duration.parse(text))
          .filter(step -> step.compareTo(SHORTEST) >= 0 && step.compareTo(LONGEST) <= 0);
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
