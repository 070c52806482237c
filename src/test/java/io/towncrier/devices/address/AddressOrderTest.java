package io.towncrier.devices.address;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.AddressOrder.Held;
import io.towncrier.privacy.Indexes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressOrderTest {
  private static final LocalDate DAY = LocalDate.parse("2026-05-04");

  @ParameterizedTest
  @CsvSource({
    // What there is, what is brought, its place, what there is then.
    "'', f1, 1, f1",
    "'', f1, 7, f1",
    "f1, g1, 1, g1 f1",
    "f1, g1, 2, f1 g1",
    "f1, g1, 9, f1 g1",
    "f1, f2, 2, f2",
    "f1 g1, g2, 2, f1 g2",
    "f1 g1, g2, 1, g2 f1",
    "f1 g1, f2, 2, g1 f2",
    "f1 g1, f2, 1, f2 g1",
    // Of a client that knows of one address alone.
    "'', f1, , f1",
    "f1, f2, , f2",
    "f1, g1, , g1",
    "f1 g1, f2, , f2 g1",
    "f1 g1, g2, , g2"
  })
  void anAddressTakesThePlaceThatItWants(
      String before, String brought, Integer place, String after) {
    assertThat(text(order(before).with(held(brought), Optional.ofNullable(place))))
        .isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource({"f1 g1, fcm, g1", "f1 g1, getui, f1", "f1, fcm, ''", "f1, getui, f1", "'', fcm, ''"})
  void theNextTakesThePlaceOfOneThatIsRemoved(String before, String provider, String after) {
    assertThat(text(order(before).without(provider))).isEqualTo(after);
  }

  @Test
  void aProviderThatHasNoAddressYetIsBehindAll() {
    assertThat(order("f1 g1").placeOf("getui")).isEqualTo(2);
    assertThat(order("g1").placeOf("fcm")).isEqualTo(2);
    assertThat(AddressOrder.NONE.placeOf("fcm")).isEqualTo(1);
  }

  @Test
  void ofAProviderThereIsOne() {
    assertThatThrownBy(() -> order("f1 f2")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyTheVeryAddressThatWasProvedIsKnown() {
    AddressOrder order = order("f1 g1");
    assertThat(order.proved(proof("g1", "g1"))).isPresent();
    assertThat(order.proved(proof("g1", "g0", "g1"))).as("by a former key").isPresent();
    assertThat(order.proved(proof("g2", "g2"))).isEmpty();
    Held unproved = new Held(held("f1").address(), bytes("f1"), Optional.empty());
    assertThat(new AddressOrder(List.of(unproved)).proved(proof("f1", "f1"))).isEmpty();
    assertThat(unproved.confirmed(DAY).confirmedOn()).contains(DAY);
    assertThat(held("f1").confirmed(DAY.minusDays(1)).confirmedOn()).contains(DAY);
  }

  private static AddressStore.Proof proof(String name, String... hashes) {
    return new AddressStore.Proof(
        "chl",
        "dev",
        held(name).address(),
        new Indexes(Arrays.stream(hashes).map(AddressOrderTest::bytes).toList()),
        new byte[0],
        Instant.EPOCH,
        1,
        Optional.empty());
  }

  private static AddressOrder order(String names) {
    return new AddressOrder(
        Arrays.stream(names.split(" ", -1))
            .filter(name -> !name.isEmpty())
            .map(AddressOrderTest::held)
            .toList());
  }

  private static String text(AddressOrder order) {
    return order.all().stream()
        .map(held -> new String(held.index(), UTF_8))
        .collect(Collectors.joining(" "));
  }

  private static Held held(String name) {
    boolean fcm = name.startsWith("f");
    PushAddress address =
        PushAddress.stored("dev", fcm ? "fcm" : "getui", fcm ? "TOKEN" : "CID", bytes(name));
    return new Held(address, bytes(name), Optional.of(DAY));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
