package io.towncrier.bench;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.targeting.ClientFacts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;

/** Routers all over the world that ask for updates; the same seed makes the same ones. */
final class GeneratedClients {
  private static final Map<String, String> ZONES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("DE", "Europe/Berlin"),
              Map.entry("FR", "Europe/Paris"),
              Map.entry("PL", "Europe/Warsaw"),
              Map.entry("GB", "Europe/London"),
              Map.entry("US", "America/Chicago"),
              Map.entry("BR", "America/Sao_Paulo"),
              Map.entry("CA", "America/Toronto"),
              Map.entry("CN", "Asia/Shanghai"),
              Map.entry("TW", "Asia/Taipei"),
              Map.entry("JP", "Asia/Tokyo"),
              Map.entry("IN", "Asia/Kolkata"),
              Map.entry("AU", "Australia/Sydney"),
              Map.entry("ZA", "Africa/Johannesburg"),
              Map.entry("NZ", "Pacific/Auckland")));
  private static final List<String> COUNTRIES = List.copyOf(ZONES.keySet());
  private static final List<String> LANGUAGES =
      List.of("en", "de", "fr", "es", "pt-BR", "zh-Hans-CN", "zh-Hant-HK", "ja", "en-GB");

  private GeneratedClients() {}

  /**
   * One that asks.
   *
   * @param product asked for
   * @param facts that it reports
   */
  record Client(String product, ClientFacts facts) {
    /** The path and query of its check. */
    String path() {
      StringBuilder path =
          new StringBuilder("/v1/products/" + product + "/update?version=" + facts.version());
      facts.country().ifPresent(country -> append(path, "country", country.value()));
      facts.timeZone().ifPresent(zone -> append(path, "timezone", zone.getId()));
      facts.language().ifPresent(language -> append(path, "language", language.value()));
      append(path, "channel", facts.channel());
      facts.cohort().ifPresent(cohort -> append(path, "cohort", cohort));
      facts.hardware().ifPresent(hardware -> append(path, "hardware", hardware));
      facts.counter().ifPresent(counter -> append(path, "counter", Long.toString(counter)));
      return path.toString();
    }

    private static void append(StringBuilder path, String name, String value) {
      path.append('&').append(name).append('=');
      path.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }

  static List<Client> of(GeneratedCatalogue catalogue, int count) {
    Random random = new Random(count);
    List<Client> clients = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      GeneratedFamily family =
          catalogue.families().get(random.nextInt(catalogue.families().size()));
      int sibling = random.nextInt(catalogue.siblings());
      clients.add(
          new Client(
              GeneratedCatalogue.productId(family.number(), sibling), facts(family, random)));
    }
    return clients;
  }

  /** Most are near the newest release; one in fifty has a version that no release has. */
  private static ClientFacts facts(GeneratedFamily family, Random random) {
    int behind = random.nextInt(4) == 0 ? random.nextInt(20) : random.nextInt(5);
    int installed = GeneratedCatalogue.RELEASES - 1 - behind;
    boolean strange = random.nextInt(50) == 0;
    String country = COUNTRIES.get(random.nextInt(COUNTRIES.size()));
    return new ClientFacts(
        strange ? "2.4." + random.nextInt(100) : family.version(installed),
        maybe(random, 20, new CountryCode(country)),
        maybe(random, 10, ZoneId.of(ZONES.get(country))),
        maybe(random, 10, new LanguageTag(LANGUAGES.get(random.nextInt(LANGUAGES.size())))),
        random.nextInt(20) == 0 ? "candidate" : "stable",
        maybe(random, 20, cohort(random)),
        maybe(
            random,
            20,
            GeneratedFamily.REVISIONS.get(random.nextInt(GeneratedFamily.REVISIONS.size()))),
        strange || random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(installed + 1),
        Optional.empty(),
        random.nextInt(50) == 0);
  }

  private static String cohort(Random random) {
    return random.nextInt(100) == 0
        ? "lab-" + random.nextInt(GeneratedFamily.CANARIES)
        : "%016x".formatted(random.nextLong());
  }

  /** Present, but for one in so many. */
  private static <T> Optional<T> maybe(Random random, int oneIn, T value) {
    return random.nextInt(oneIn) == 0 ? Optional.empty() : Optional.of(value);
  }
}
