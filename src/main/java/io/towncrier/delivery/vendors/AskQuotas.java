package io.towncrier.delivery.vendors;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.PushProvider;
import io.towncrier.delivery.PushProviders;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Offload;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Asks providers about once an hour what vendors of phones let us push, and warns when little is
 * left. An answer that does not come changes nothing else: pushes go on as before.
 */
@ApplicationScoped
public class AskQuotas {
  private static final Logger LOG = Logger.getLogger(AskQuotas.class);
  private static final String FAILED = "FAILED";

  private final PushProviders providers;
  private final VendorQuotas quotas;
  private final Map<String, VendorQuotas.Kept> last = new ConcurrentHashMap<>();

  AskQuotas(PushProviders providers, VendorQuotas quotas) {
    this.providers = providers;
    this.quotas = quotas;
  }

  /** How many providers were asked. */
  public Uni<Long> run() {
    return Multi.createFrom()
        .iterable(providers.senders())
        .filter(PushProvider::tellsQuotas)
        .onItem()
        .transformToUniAndConcatenate(this::look)
        .collect()
        .with(Collectors.summingLong(Long::longValue));
  }

  private Uni<Long> look(PushProvider provider) {
    // It may read a file.
    return Offload.run(() -> provider.account().project())
        .chain(
            account ->
                quotas
                    .takeTurn(account)
                    .chain(
                        isMine ->
                            isMine
                                ? ask(provider, account).replaceWith(1L)
                                : Uni.createFrom().item(0L))
                    .call(
                        () ->
                            quotas
                                .find(account)
                                .invoke(
                                    found ->
                                        found.ifPresent(kept -> last.put(provider.name(), kept)))));
  }

  private Uni<Void> ask(PushProvider provider, String account) {
    return provider
        .quotas()
        .onFailure()
        .invoke(failure -> LOG.warnf(failure, "asking %s for quotas failed", provider.name()))
        .onFailure()
        .recoverWithItem(new QuotaAnswer.NotTold(FAILED))
        .invoke(answer -> warn(provider.name(), answer))
        .chain(answer -> quotas.keep(account, answer));
  }

  private static void warn(String provider, QuotaAnswer answer) {
    if (answer instanceof QuotaAnswer.NotTold no) {
      LOG.warnf("%s does not tell what vendors let us push: %s", provider, no.code());
    } else if (answer instanceof QuotaAnswer.Told told) {
      told.quotas().stream()
          .filter(VendorQuota::isLow)
          .forEach(
              quota -> LOG.warnf("little is left of the day's pushes by %s: %s", provider, quota));
    } else {
      throw new ForgottenCase(answer);
    }
  }

  /** How many vendors have little left, as this process saw it last. */
  public long low() {
    return last.values().stream().mapToLong(kept -> kept.low().size()).sum();
  }

  /** The smallest share that a vendor has left, as this process saw it last; NaN: not known. */
  public double left(String provider) {
    VendorQuotas.Kept kept = last.get(provider);
    return kept == null || kept.notTold().isPresent()
        ? Double.NaN
        : kept.quotas().stream()
            .flatMap(quota -> quota.left().stream())
            .mapToDouble(share -> share)
            .min()
            .orElse(Double.NaN);
  }
}
