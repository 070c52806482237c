package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushAccounts;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.delivery.pacing.Breaker;
import io.towncrier.delivery.pacing.PruneFuse;
import io.towncrier.delivery.pacing.PushAccount;
import io.towncrier.delivery.pacing.SendBudget;
import io.towncrier.devices.DeviceStore;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.preferences.Category;
import io.towncrier.testing.Stubs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordResultsTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  private static final Route ROUTE = Routes.with(new AccountId("a", "1"));

  private final List<String> locked = new ArrayList<>();

  @Test
  void devicesThatLoseAnAddressAreLockedInTheOrderOfTheirIdsWhateverWasAnsweredFirst() {
    List<RecordResults.Sent> sent =
        Stream.of("dev_c", "dev_a", "dev_d", "dev_b").map(RecordResultsTest::gone).toList();
    results().run(ROUTE, sent).await().indefinitely();
    assertThat(locked).containsExactly("dev_a", "dev_b", "dev_c", "dev_d");
  }

  private RecordResults results() {
    PushAccount account =
        new PushAccount(
            ROUTE.account(),
            SendBudget.fresh(ROUTE.limits(), NOW),
            PruneFuse.NEW,
            Breaker.CLOSED,
            Map.of());
    return new RecordResults(
        Stubs.of(Outbox.class, Map.of("recordResults", asked -> Uni.createFrom().item(4))),
        Stubs.of(
            PushAccounts.class,
            Map.of(
                "lock", asked -> Uni.createFrom().item(new PushAccounts.Known(account, NOW)),
                "save", asked -> Uni.createFrom().voidItem())),
        Stubs.of(
            DeviceStore.class,
            Map.of(
                "retireAddress",
                asked -> {
                  locked.add((String) asked[0]);
                  return Uni.createFrom().item(true);
                })),
        new DeliveryCounters(),
        Stubs.of(
            Transactions.class, Map.of("inTransaction", asked -> ((Supplier<?>) asked[0]).get())));
  }

  private static RecordResults.Sent gone(String device) {
    PushAddress address = PushAddress.stored(device, "fcm", "TOKEN", new byte[] {1});
    Duration ttl = Duration.ofHours(1);
    PushMessage message =
        new PushMessage(
            "ntc",
            device,
            address,
            new LocalizedText.Picked("en", new LocalizedText.Text("T", "B")),
            ttl,
            false,
            new PushMessage.Handling(Category.ANNOUNCEMENT, NOW.plus(ttl), false),
            PushMessage.Attempt.FIRST);
    return new RecordResults.Sent(
        "clm",
        new Claims.ToSend(
            new Outbox.Due("ntc", device, 0, Optional.empty()),
            "app",
            message,
            NOW.plus(ttl),
            Optional.empty(),
            AddressTurn.of(ROUTE, List.of(address), List.of())),
        new DeliveryResult.AddressGone("UNREGISTERED"));
  }
}
