package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.BlindIndex;
import io.towncrier.privacy.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Sets and removes the address that pushes go to. Once answered, none goes to the old one. */
@ApplicationScoped
public class ChangePushAddress {
  private final DeviceStore store;
  private final Vault vault;
  private final BlindIndex index;
  private final SendFence fence;
  private final Transactions transactions;

  ChangePushAddress(
      DeviceStore store,
      Vault vault,
      BlindIndex index,
      SendFence fence,
      Transactions transactions) {
    this.store = store;
    this.vault = vault;
    this.index = index;
    this.fence = fence;
    this.transactions = transactions;
  }

  public Uni<Void> set(String deviceId, String provider, PushAddress.Kind kind, Secret value) {
    PushAddress address =
        new PushAddress(
            provider,
            kind,
            vault.seal(value, PushAddress.placeOf(deviceId)),
            PushAddress.placeOf(deviceId));
    byte[] found = index.of("push-address/" + provider, value);
    return transactions
        .inTransaction(() -> store.moveAddress(deviceId, address, found))
        .chain(losers -> awaitAll(losers).chain(() -> fence.awaitNothingInFlight(deviceId)));
  }

  public Uni<Void> remove(String deviceId) {
    return transactions
        .inTransaction(() -> store.removeAddress(deviceId))
        .chain(() -> fence.awaitNothingInFlight(deviceId));
  }

  private Uni<Void> awaitAll(List<String> devices) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (String device : devices) {
      all = all.chain(() -> fence.awaitNothingInFlight(device));
    }
    return all;
  }
}
