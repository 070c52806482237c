package io.towncrier.ddi.enrolment;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.devices.Device;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import io.towncrier.releases.ProductStore;
import io.towncrier.updates.AnswerCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Brings routers that speak DDI into the fleet: a page of them, all or none. */
@ApplicationScoped
public class ImportControllers {
  /** So many at once. */
  public static final int MOST = 500;

  private final ControllerStore store;
  private final ControllerKeys keys;
  private final ProductStore products;
  private final AuditLog audit;
  private final Transactions transactions;
  private final InstantSource clock;

  ImportControllers(
      ControllerStore store,
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
   * Imports them. One that is there keeps its id and what it is, and gets the new token.
   *
   * @param operator subject of the operator
   * @return the ids, in the order given
   * @throws io.towncrier.platform.ProblemException unknown-product
   */
  public Uni<List<String>> run(String product, List<Entry> entries, String operator) {
    Instant now = clock.instant();
    List<ControllerStore.Newcomer> newcomers =
        entries.stream().map(entry -> newcomer(product, entry, now)).toList();
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
                .chain(() -> store.importAll(newcomers))
                .call(
                    () ->
                        audit.append(
                            new AuditEntry(
                                operator,
                                "devices.imported",
                                product,
                                entries.size() + " devices",
                                now))));
  }

  private ControllerStore.Newcomer newcomer(String product, Entry entry, Instant now) {
    return new ControllerStore.Newcomer(
        Ids.next(Device.PREFIX),
        product,
        entry.country(),
        keys.controllers(entry.controllerId()),
        keys.secret(entry.isHash() ? SignInController.unusable() : entry.token()),
        entry.isHash() ? Optional.of(keys.tokenHash(entry.token())) : Optional.empty(),
        true,
        now);
  }

  /**
   * A device to import.
   *
   * @param token its token, or the SHA-256 of that
   * @param isHash which of both it is
   */
  public record Entry(
      Secret controllerId, Secret token, boolean isHash, Optional<CountryCode> country) {}
}
