package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Links devices to accounts, several to several. Every linked account's alerts count for a device;
 * once a change has answered, nothing that was claimed before it is being sent.
 */
@ApplicationScoped
public class LinkAccount {
  private static final int LISTED = 200;

  private final DeviceSecrets secrets;
  private final Accounts accounts;
  private final AccountStore store;
  private final SendFence fence;
  private final Transactions transactions;
  private final InstantSource clock;

  LinkAccount(
      DeviceSecrets secrets,
      Accounts accounts,
      AccountStore store,
      SendFence fence,
      Transactions transactions,
      InstantSource clock) {
    this.secrets = secrets;
    this.accounts = accounts;
    this.store = store;
    this.fence = fence;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Whether the secret was the device's; if not, nothing has changed. */
  public Uni<Boolean> link(String deviceId, Secret deviceSecret, Secret subject) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return withProof(
        deviceId,
        deviceSecret,
        () -> change(deviceId, subject, account -> store.link(deviceId, account, today)));
  }

  /** Whether the secret was the device's; its links to other accounts stay. */
  public Uni<Boolean> unlink(String deviceId, Secret deviceSecret, Secret subject) {
    return withProof(
        deviceId, deviceSecret, () -> unlink(deviceId, subject).replaceWith(Boolean.TRUE));
  }

  /** Without the device: whether it was linked to the account of this user. */
  public Uni<Boolean> unlink(String deviceId, Secret subject) {
    return Ids.looksLike(Device.PREFIX, deviceId)
        ? change(deviceId, subject, account -> store.unlink(deviceId, account))
        : Uni.createFrom().item(Boolean.FALSE);
  }

  /** The devices that are linked to the account of this user, at most 200. */
  public Uni<List<AccountStore.Linked>> devices(Secret subject) {
    return accounts
        .find(subject)
        .chain(
            account ->
                account.isPresent()
                    ? store.devicesOf(account.get(), LISTED)
                    : Uni.createFrom().item(List.of()));
  }

  private Uni<Boolean> change(
      String deviceId, Secret subject, Function<String, Uni<Boolean>> change) {
    // In one transaction, which holds the account: nothing is linked to one that is cancelled.
    return transactions
        .inTransaction(() -> accounts.of(subject).chain(change::apply))
        .call(() -> fence.awaitNothingInFlight(deviceId));
  }

  private Uni<Boolean> withProof(String deviceId, Secret secret, Supplier<Uni<Boolean>> work) {
    return secrets
        .belongTogether(deviceId, secret)
        .chain(proved -> proved ? work.get() : Uni.createFrom().item(Boolean.FALSE));
  }
}
