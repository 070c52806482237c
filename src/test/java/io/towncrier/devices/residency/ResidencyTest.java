package io.towncrier.devices.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.devices.residency.Residency.Home;
import io.towncrier.platform.CountryCode;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A device belongs to the cell of its country; without one its zone decides. */
class ResidencyTest {
  private static final String CELLS =
      "eu https://updates.eu.example.com DE FR DK NO SE CH BE ; cn https://updates.example.cn CN";

  @ParameterizedTest
  @CsvSource({
    "DE, Asia/Shanghai, here",
    "CN, Europe/Berlin, cn",
    "'', Asia/Shanghai, cn",
    "'', Asia/Urumqi, cn",
    // Former names, which phones still report.
    "'', PRC, cn",
    "'', Asia/Chongqing, cn",
    "'', Europe/Berlin, here",
    "'', '', here",
    // No cell has named it.
    "BR, Asia/Shanghai, here",
    "'', America/Sao_Paulo, here",
  })
  void theCountryDecidesAndWithoutOneTheZone(String country, String zone, String home) {
    assertThat(homeOf(residency("eu"), country, zone))
        .isEqualTo(
            home.equals("here")
                ? Home.HERE
                : new Home.Elsewhere("cn", URI.create("https://updates.example.cn")));
  }

  @Test
  void aZoneOfSeveralCellsIsForTheCellAsked() {
    String shared = "a https://a.example.com DE ; b https://b.example.com FR MC";
    // Europe/Paris is Monaco's clock as well, by its rules; both are of b.
    assertThat(new Residency(config("a", shared, "fcm")).homeOf(none(), zone("Europe/Paris")))
        .isInstanceOf(Home.Elsewhere.class);
    String split = "a https://a.example.com CN ; b https://b.example.com TW HK MO";
    for (String own : new String[] {"a", "b"}) {
      Residency residency = new Residency(config(own, split, "fcm"));
      // No zone of one country is taken for that of another.
      assertThat(residency.homeOf(none(), zone("Asia/Taipei")))
          .isEqualTo(
              own.equals("b")
                  ? Home.HERE
                  : new Home.Elsewhere("b", URI.create("https://b.example.com")));
    }
  }

  @Test
  void aServerWithoutResidencyTakesAll() {
    Residency all = new Residency(config("", "", "fcm"));
    assertThat(homeOf(all, "CN", "Asia/Shanghai")).isEqualTo(Home.HERE);
    assertThat(homeOf(all, "DE", "")).isEqualTo(Home.HERE);
  }

  /** Nothing that can be known to be of China is ever taken elsewhere. */
  @Test
  void aMillionDevicesOfChinaStayThere() {
    Residency abroad = residency("eu");
    Random random = new Random(7);
    List<String> zones = List.of("Asia/Shanghai", "Asia/Urumqi", "PRC", "Asia/Harbin");
    List<String> foreign = List.of("Europe/Berlin", "America/New_York", "Asia/Tokyo");
    int byCountryAlone = 0;
    for (int i = 0; i < 1_000_000; i++) {
      boolean saysCountry = random.nextBoolean();
      List<String> of = saysCountry && random.nextBoolean() ? foreign : zones;
      Optional<CountryCode> country = saysCountry ? Optional.of(new CountryCode("CN")) : none();
      Optional<ZoneId> zone = zone(of.get(random.nextInt(of.size())));
      if (!(abroad.homeOf(country, zone) instanceof Home.Elsewhere)) {
        throw new AssertionError("taken abroad: " + country + " " + zone);
      }
      byCountryAlone += abroad.homeOf(country, Optional.empty()) == Home.HERE ? 1 : 0;
    }
    // A variant that looks at the country alone would take half of them.
    assertThat(byCountryAlone).isGreaterThan(400_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eu https://a.example.com DE; cn https://b.example.com DE",
        "eu https://a.example.com DE; eu https://b.example.com FR",
        "eu https://a.example.com XX",
        "eu nowhere DE",
        "eu ftp://a.example.com DE",
        "eu https://a.example.com?x=1 DE",
        "eu",
        "cn https://b.example.com CN",
        " ; ",
      })
  void aMapThatCannotBeMeantIsRefused(String cells) {
    assertThatThrownBy(() -> new Residency(config("eu", cells, "fcm")))
        .hasMessageContaining("TOWNCRIER_RESIDENCY_CELLS cannot be used");
  }

  @Test
  void aCellWithoutAMapIsRefused() {
    assertThatThrownBy(() -> new Residency(config("eu", "", "fcm")))
        .hasMessageContaining("needs TOWNCRIER_RESIDENCY_CELLS");
  }

  @Test
  void onlyProvidersThatAreNamedAreAllowed() {
    assertThat(residency("eu").allowsProvider("fcm")).isTrue();
    assertThat(new Residency(config("", "", "none")).allowsProvider("fcm")).isFalse();
  }

  private static Home homeOf(Residency residency, String country, String zone) {
    return residency.homeOf(
        country.isEmpty() ? none() : Optional.of(new CountryCode(country)),
        zone.isEmpty() ? Optional.empty() : zone(zone));
  }

  private static Optional<CountryCode> none() {
    return Optional.empty();
  }

  private static Optional<ZoneId> zone(String name) {
    return Optional.of(ZoneId.of(name));
  }

  private static Residency residency(String own) {
    return new Residency(config(own, CELLS, "fcm"));
  }

  private static ResidencyConfig config(String own, String cells, String provider) {
    return new ResidencyConfig() {
      @Override
      public Optional<String> cell() {
        return Optional.of(own).filter(name -> !name.isEmpty());
      }

      @Override
      public Optional<String> cells() {
        return Optional.of(cells).filter(text -> !text.isEmpty());
      }

      @Override
      public Set<String> pushProviders() {
        return Set.of(provider);
      }
    };
  }
}
