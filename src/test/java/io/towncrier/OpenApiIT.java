package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract that others build against changes only on purpose. */
@QuarkusTest
@Tag("zoneless")
class OpenApiIT {
  private static final Path COMMITTED = Path.of("api", "openapi.yaml");

  @Test
  void theCommittedContractIsTheOneThatIsServed() throws IOException {
    String served = RestAssured.get("/q/openapi?format=YAML").asString();
    Path fresh = Path.of("target", "openapi.yaml");
    Files.writeString(fresh, served);
    assertThat(Files.readString(COMMITTED))
        .as("If this change is meant: cp target/openapi.yaml api/openapi.yaml, and the CHANGELOG")
        .isEqualTo(served);
  }
}
