package io.towncrier.notices.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.devices.Device;
import io.towncrier.fleet.Axis;
import io.towncrier.fleet.FleetCounts;
import io.towncrier.platform.CountryCode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReachTest {
  private static final List<FleetCounts.Group> PHONES =
      List.of(group("PHONE", "DE", "de", 5), group("PHONE", "", "de", 2));
  private static final List<FleetCounts.Group> ROUTERS = List.of(group("ROUTER", "DE", "", 3));

  @Test
  void phonesAloneAreCountedExactly() {
    Reach reach = Reach.of(everybody(), PHONES, 100);

    assertThat(reach)
        .isEqualTo(
            new Reach(
                7,
                Optional.of(
                    new Reach.Exact(7, Map.of("DE", 5L, "unknown", 2L), Map.of("de", 7L)))));
  }

  @Test
  void withRoutersAnyPhoneMayBeAddressedThroughAnAccount() {
    assertThat(Reach.of(everybody(), ROUTERS, 100)).isEqualTo(new Reach(103, Optional.empty()));
  }

  @Test
  void withRoutersAndAllPhonesThereIsNobodyElse() {
    List<FleetCounts.Group> both = List.of(ROUTERS.get(0), PHONES.get(0), PHONES.get(1));

    Reach reach = Reach.of(everybody(), both, 7);

    assertThat(reach.atMost()).isEqualTo(10);
    assertThat(reach.exact().map(Reach.Exact::addressed)).contains(10L);
  }

  @Test
  void devicesAccountsAndDaysMakeItSmallerAtMost() {
    for (Selection narrower :
        List.of(
            selection(audience(List.of("dev_1"), List.of()), Optional.empty()),
            selection(audience(List.of(), List.of("acc_1")), Optional.empty()),
            selection(Audience.EVERYBODY, Optional.of(LocalDate.of(2026, 1, 1))))) {
      assertThat(Reach.of(narrower, PHONES, 7)).isEqualTo(new Reach(7, Optional.empty()));
    }
  }

  @Test
  void nobodyIsExactlyNobody() {
    Reach reach = Reach.of(everybody(), List.of(), 7);

    assertThat(reach.atMost()).isZero();
    assertThat(reach.exact()).isPresent();
  }

  @Test
  void whatAnAudienceAsksOfFactsIsCounted() {
    Audience audience =
        new Audience(
            List.of("p"),
            Optional.empty(),
            List.of(new CountryCode("DE")),
            List.of(),
            List.of("stable"),
            Optional.of(Device.Kind.ROUTER),
            List.of(),
            List.of(),
            OptionalInt.empty());
    Selection selection =
        new Selection(
            audience, Optional.of(List.of("1.0")), Optional.of(List.of()), Optional.empty());

    assertThat(Reach.filter(selection).values())
        .isEqualTo(
            Map.of(
                Axis.PRODUCT, Set.of("p"),
                Axis.COUNTRY, Set.of("DE"),
                Axis.CHANNEL, Set.of("stable"),
                Axis.KIND, Set.of("ROUTER"),
                Axis.VERSION, Set.of("1.0"),
                // No device speaks what it asks for: that is nobody, and not everybody.
                Axis.LANGUAGE, Set.of()));
    assertThat(Reach.filter(everybody()).values()).isEmpty();
  }

  private static Selection everybody() {
    return selection(Audience.EVERYBODY, Optional.empty());
  }

  private static Selection selection(Audience audience, Optional<LocalDate> seenSince) {
    return new Selection(audience, Optional.empty(), Optional.empty(), seenSince);
  }

  private static Audience audience(List<String> devices, List<String> accounts) {
    return new Audience(
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        devices,
        accounts,
        OptionalInt.empty());
  }

  private static FleetCounts.Group group(
      String kind, String country, String language, long devices) {
    return new FleetCounts.Group(List.of(kind, country, language), devices);
  }
}
