package io.towncrier.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.towncrier.testing.Api;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What operations have in common is given by each that documents it: an operation that is new is
 * tried without anybody thinking of it. What is given and not documented fails in every test.
 */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class CommonProblemsIT {
  private static final int TOO_LARGE = 70_000;
  private static final String OPERATOR = Tokens.operator("olga");

  // A new one for each operation: some change its secret, or delete it.
  private Api.Registered phone = null;

  private record Operation(String method, String path, JsonNode said) {
    boolean documents(String status) {
      return said.path("responses").has(status);
    }

    @Override
    public String toString() {
      return said.path("operationId").asText();
    }
  }

  @BeforeEach
  void importSample() {
    Api.as(OPERATOR).body(Api.sampleCatalogue()).post("/v1/admin/catalogue");
  }

  @Test
  void whoShowsNoCredentialIsTold() {
    compare("401", operation -> given().header("Content-Type", "application/json"), "{}");
  }

  @Test
  void anEncodedBodyIsRefused() {
    compare("415", operation -> credential(operation).header("Content-Encoding", "br"), "{}");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    compare("413", this::credential, "{\"x\":\"" + "x".repeat(TOO_LARGE) + "\"}");
  }

  @Test
  void whoWantsNoJsonIsTold() {
    compare("406", operation -> credential(operation).accept("image/png"), "{}");
  }

  private interface Caller {
    RequestSpecification of(Operation operation);
  }

  /** Sends the same to all operations: those that document the status give it. */
  private void compare(String status, Caller caller, String body) {
    List<String> documented = new ArrayList<>();
    List<String> given = new ArrayList<>();
    for (Operation operation : operations()) {
      if (operation.toString().equals("importCatalogue")) {
        // It has limits of its own.
        continue;
      }
      phone = Api.phone("en");
      if (operation.documents(status)) {
        documented.add(operation.toString());
      }
      RequestSpecification request = caller.of(operation);
      boolean sendsBody = !operation.method().equals("GET") && !operation.method().equals("DELETE");
      if (sendsBody) {
        request.body(body);
      }
      int answered = request.request(operation.method(), filled(operation.path())).statusCode();
      if (answered == Integer.parseInt(status)) {
        given.add(operation.toString());
      }
    }
    assertThat(given).as("answered " + status).containsAll(documented);
  }

  private RequestSpecification credential(Operation operation) {
    String path = operation.path();
    if (path.startsWith("/v1/admin/")) {
      return Api.as(OPERATOR);
    }
    if (path.startsWith("/v1/devices/") && !path.endsWith("/account")) {
      return phone.as();
    }
    return Api.as(Tokens.user("common"));
  }

  private String filled(String path) {
    return path.replace("{product}", "towncrier_ax3000")
        .replace("{release}", "towncrier_ax3000:9")
        .replace("{deviceId}", path.startsWith("/v1/devices/") ? phone.id() : "dev_none")
        .replaceAll("\\{\\w+}", "none");
  }

  private static List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    Contract.committed()
        .paths()
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        o ->
                            all.add(
                                new Operation(
                                    o.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    o.getValue()))));
    return all;
  }
}
