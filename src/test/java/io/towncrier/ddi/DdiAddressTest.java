package io.towncrier.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.towncrier.platform.address.PublicUrl;
import io.towncrier.testing.Configs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where DDI may be served. */
class DdiAddressTest {
  private static final Path CONTRACT = Path.of("api", "openapi.yaml");
  private static final Path STATIC = Path.of("src/main/resources/META-INF/resources");

  @Test
  void everyFirstPartOfAPathOfOursIsReserved() throws IOException {
    Set<String> served = new TreeSet<>(Set.of("q"));
    new ObjectMapper(new YAMLFactory())
        .readTree(CONTRACT.toFile())
        .path("paths")
        .fieldNames()
        .forEachRemaining(path -> served.add(path.split("/", -1)[1]));
    try (Stream<Path> files = Files.list(STATIC)) {
      files.forEach(file -> served.add(file.getFileName().toString()));
    }

    assertThat(DdiAddress.RESERVED).containsAll(served);
  }

  @Test
  void aReservedOrUnusualTenantIsRefusedAtTheStart() {
    for (String tenant : new String[] {"v1", "q", "a/b", "a b", "x".repeat(65)}) {
      assertThat(of(tenant, Optional.empty(), true).refusal()).as(tenant).isPresent();
    }
    assertThat(of("DEFAULT", Optional.empty(), true).refusal()).isEmpty();
  }

  @Test
  void withoutAPublicUrlItIsServedToThisMachineAlone() {
    assertThat(of("acme", Optional.empty(), false).refusal())
        .hasValueSatisfying(why -> assertThat(why).contains("TOWNCRIER_PUBLIC_URL"));
    assertThat(of("acme", Optional.empty(), false).isTenant("acme")).isFalse();
    Optional<URI> url = Optional.of(URI.create("https://updates.example.com"));
    assertThat(of("acme", url, false).refusal()).isEmpty();
    assertThat(of("acme", url, false).baseOf("acme", "r1", 8080))
        .isEqualTo("https://updates.example.com/acme/controller/v1/r1");
    assertThat(of("acme", Optional.empty(), true).baseOf("acme", "r1", 8080))
        .isEqualTo("http://localhost:8080/acme/controller/v1/r1");
  }

  @Test
  void withoutATenantNothingIsServed() {
    DdiAddress off =
        new DdiAddress(
            Configs.of(DdiConfig.class, Map.of()), new PublicUrl(Optional.empty()), false);

    assertThat(off.refusal()).isEmpty();
    assertThat(off.isTenant("acme")).isFalse();
  }

  private static DdiAddress of(String tenant, Optional<URI> url, boolean knowsItself) {
    return new DdiAddress(
        Configs.of(DdiConfig.class, Map.of("towncrier.ddi.tenant", tenant)),
        new PublicUrl(url),
        knowsItself);
  }
}
