package io.towncrier.delivery.getui;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.PushProviders;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.edge.AddressRanges;
import io.towncrier.platform.rest.edge.ClientAddress;
import io.towncrier.platform.rest.edge.SourceBuckets;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Where Getui says what became of pushes. It has no credential of ours: who calls stands in a
 * network that the settings name, and each line is signed. Anybody else hears what is heard where
 * no receipts are taken at all.
 */
@Path("/v1/push-receipts/getui")
@Tag(name = "Push receipts")
@PermitAll
class ReceiptResource {
  // Getui has few machines that send; they stand in the networks that are named.
  private static final int SOURCES = 1000;
  private static final int NETWORK_FACTOR = 10;

  private final TakeGetuiReceipts take;
  private final GetuiProvider provider;
  private final PushProviders providers;
  private final AddressRanges networks;
  private final SourceBuckets sources;
  private final int trustedProxies;

  ReceiptResource(
      TakeGetuiReceipts take,
      GetuiProvider provider,
      PushProviders providers,
      GetuiConfig config,
      TowncrierConfig towncrier,
      InstantSource clock) {
    this.take = take;
    this.provider = provider;
    this.providers = providers;
    this.networks = AddressRanges.of(config.receiptNetworks().orElse(List.of()));
    int perSecond = config.receiptsPerSource();
    this.sources =
        new SourceBuckets(
            clock, perSecond, Duration.ofSeconds(1).dividedBy(perSecond), NETWORK_FACTOR, SOURCES);
    this.trustedProxies = towncrier.http().trustedProxies();
  }

  /** What is no network has failed by now: the start says so, and not the first receipt. */
  void started(@Observes StartupEvent event) {}

  @POST
  @Operation(
      operationId = "takeGetuiReceipts",
      summary = "Take what Getui says of pushes",
      description =
          "For Getui alone, from the networks of TOWNCRIER_GETUI_RECEIPT_NETWORKS: anybody else"
              + " gets 404, as everybody does where none is named or Getui may not be used. Each"
              + " line is a hint: a line that is not signed, is known already, or names a push of"
              + " somebody else changes nothing and is counted. The answer is 200 for each body"
              + " with a receipt in it, whatever it says: Getui sends nothing again.")
  @APIResponse(responseCode = "200", description = "The receipts were looked at")
  @Problems({
    ProblemCode.MALFORMED_JSON,
    ProblemCode.RECEIPTS_NOT_TAKEN,
    ProblemCode.TOO_MANY_REQUESTS,
    ProblemCode.DATABASE_UNAVAILABLE,
    ProblemCode.WRONG_MASTER_KEY
  })
  @RequestBody(
      required = true,
      description = "A receipt a line, each a JSON object; no array.",
      content =
          @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)))
  public Uni<Looked> take(@Nullable ReceiptLines body, @Context HttpServerRequest request) {
    admit(request);
    return take.run(Bodies.required(body).lines())
        .map(
            receipts -> {
              if (receipts == 0) {
                throw ProblemCode.MALFORMED_JSON
                    .with("Send receipts: a JSON object in each line.")
                    .asException();
              }
              return new Looked(receipts);
            });
  }

  private void admit(HttpServerRequest request) {
    boolean isNetwork =
        ClientAddress.whole(request, trustedProxies).filter(networks::contains).isPresent();
    if (!isNetwork
        || !provider.isConfigured()
        || !providers.allows(PushAddress.Kind.CID.provider())) {
      throw ProblemCode.RECEIPTS_NOT_TAKEN
          .with("Receipts are taken from the provider that sends them, where it is used.")
          .asException();
    }
    Optional<Duration> wait = sources.take(ClientAddress.of(request, trustedProxies));
    if (wait.isPresent()) {
      throw ProblemCode.TOO_MANY_REQUESTS
          .with("Too many receipts come from your address.")
          .asException(wait.get());
    }
  }

  @Schema(name = "LookedReceipts")
  record Looked(int receipts) {}
}
