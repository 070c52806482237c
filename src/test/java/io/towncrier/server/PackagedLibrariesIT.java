package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.testing.Advisories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the server is packaged with: nothing that is known to be at fault, or that nothing uses. */
@Tag("zoneless")
class PackagedLibrariesIT {
  private static final Path LIBRARIES =
      Path.of(System.getProperty("server.jar")).resolveSibling("lib/main");
  private static final long MOST_BYTES = 125L << 20;

  @Test
  void noLibraryIsAffectedByAnAdvisoryWithoutAVerdict() throws IOException {
    Advisories known = Advisories.read(Advisories.LIST);
    List<Advisories.Library> libraries = known.ofPackage(LIBRARIES);
    assertThat(libraries)
        .extracting(Advisories.Library::artifact)
        .contains("netty-codec-http2", "jackson-databind", "postgresql", "quarkus-vertx-http");
    assertThat(known.open(libraries)).isEmpty();
  }

  @Test
  void whatNothingUsesIsNotThere() throws IOException {
    try (var files = Files.list(LIBRARIES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(
              name ->
                  name.matches(
                      ".*(devservices|scheduler-kotlin|websockets|brotli4j"
                          + "|httpclient|httpcore|windows|alpine|grpc-(?!api|context)).*"));
    }
    try (var files = Files.list(LIBRARIES)) {
      assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(MOST_BYTES);
    }
  }
}
