package io.towncrier.ddi.enrolment;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import io.towncrier.releases.ProductStore;
import io.towncrier.updates.AnswerCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Makes and revokes the tokens of gateways. Each is shown once. */
@ApplicationScoped
public class ManageGatewayTokens {
  /** How the id of every token begins. */
  public static final String PREFIX = "gtk";

  private static final String SECRET_PREFIX = "gws";

  private final GatewayTokenStore store;
  private final ControllerKeys keys;
  private final ProductStore products;
  private final AuditLog audit;
  private final Transactions transactions;
  private final InstantSource clock;

  ManageGatewayTokens(
      GatewayTokenStore store,
      ControllerKeys keys,
      ProductStore products,
      AuditLog audit,
      Transactions transactions,
      InstantSource clock) {
    this.store = store;
    this.keys = keys;
    this.products = products;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Makes one for a product.
   *
   * @param country of the devices that it will register
   * @param operator subject of the operator
   * @throws io.towncrier.platform.ProblemException unknown-product
   */
  public Uni<Made> make(String product, Optional<CountryCode> country, String operator) {
    Instant now = clock.instant();
    Secret secret = Ids.nextSecret(SECRET_PREFIX);
    GatewayTokenStore.Token token =
        new GatewayTokenStore.Token(
            Ids.next(PREFIX), product, country, now, operator, Optional.empty());
    return transactions.inTransaction(
        () ->
            products
                .find(product)
                .invoke(
                    found -> {
                      if (found.isEmpty()) {
                        throw AnswerCheck.unknownProduct().asException();
                      }
                    })
                .chain(() -> store.add(token, keys.gatewayToken(secret)))
                .call(
                    () ->
                        audit.append(
                            new AuditEntry(
                                operator, "gateway-token.made", token.id(), product, now)))
                .replaceWith(new Made(token, secret)));
  }

  /** Whether there was such a token; from now on it is worth nothing. */
  public Uni<Boolean> revoke(String id, String operator) {
    Instant now = clock.instant();
    return transactions.inTransaction(
        () ->
            store
                .revoke(id, operator, now)
                .call(
                    revoked ->
                        revoked
                            ? audit.append(
                                new AuditEntry(operator, "gateway-token.revoked", id, "", now))
                            : Uni.createFrom().voidItem()));
  }

  public Uni<Page<GatewayTokenStore.Token>> list(PageRequest<String> request) {
    return store.list(request);
  }

  /** A token, and what it is: never shown again. */
  public record Made(GatewayTokenStore.Token token, Secret secret) {}
}
