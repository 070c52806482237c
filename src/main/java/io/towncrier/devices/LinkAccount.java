package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Links a device to the signed-in user's account, whose alerts count for it from then on. */
@ApplicationScoped
public class LinkAccount {
  private final DeviceSecrets secrets;
  private final Accounts accounts;
  private final DeviceStore store;
  private final SendFence fence;
  private final Transactions transactions;

  LinkAccount(
      DeviceSecrets secrets,
      Accounts accounts,
      DeviceStore store,
      SendFence fence,
      Transactions transactions) {
    this.secrets = secrets;
    this.accounts = accounts;
    this.store = store;
    this.fence = fence;
    this.transactions = transactions;
  }

  /** Whether the secret was the device's; if not, nothing has changed. */
  public Uni<Boolean> link(String deviceId, Secret deviceSecret, Secret subject) {
    return change(deviceId, deviceSecret, subject, store::link);
  }

  /** Whether the secret was the device's; a device of another account stays linked to that. */
  public Uni<Boolean> unlink(String deviceId, Secret deviceSecret, Secret subject) {
    return change(deviceId, deviceSecret, subject, store::unlink);
  }

  private Uni<Boolean> change(
      String deviceId,
      Secret deviceSecret,
      Secret subject,
      BiFunction<String, String, Uni<Void>> change) {
    return withProof(
        deviceId,
        deviceSecret,
        () ->
            accounts
                .of(subject)
                .chain(account -> transactions.inTransaction(() -> change.apply(deviceId, account)))
                .chain(() -> fence.awaitNothingInFlight(deviceId)));
  }

  private Uni<Boolean> withProof(String deviceId, Secret secret, Supplier<Uni<Void>> work) {
    return secrets
        .belongTogether(deviceId, secret)
        .chain(
            proved -> proved ? work.get().replaceWith(true) : Uni.createFrom().item(Boolean.FALSE));
  }
}
