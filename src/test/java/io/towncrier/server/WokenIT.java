package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.platform.Ids;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A start waits for no timer: here none looks again within an hour. */
@QuarkusTest
@TestProfile(WokenIT.NoTimerLooks.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
@Tag("zoneless")
class WokenIT {
  private static final int PHONES = 10;

  /** Several pages, too. */
  public static final class NoTimerLooks implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "test.impatient-timers", "false",
          "towncrier.server.drain-every", "1h",
          "towncrier.server.plan-every", "1h",
          "towncrier.notices.page", "4");
    }
  }

  private final LoopbackFcm fcm = LoopbackFcm.running();

  @Test
  void whatIsStartedIsPlannedAndPushedAtOnce() {
    String product = "app-" + UUID.randomUUID();
    Api.operator()
        .body(Map.of("id", product, "name", "P", "kind", "app", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    List<String> addresses = Stream.generate(() -> Ids.next("tok")).limit(PHONES).toList();
    for (String address : addresses) {
      Api.register(Map.of("product", product)).pushTo(address);
    }
    String id = Api.draft(Api.operator(), "Large", Map.of("products", List.of(product)));
    Api.operator()
        .post("/v1/admin/notices/" + id + "/start")
        .then()
        .statusCode(200)
        .body("allPlanned", equalTo(false));
    Await.until("the first push", Duration.ofSeconds(2), () -> pushed(addresses) > 0);
    Await.patiently("all pushes", () -> pushed(addresses) == PHONES);
    assertThat(addresses).allMatch(address -> fcm.to(address).size() == 1);
  }

  private long pushed(List<String> addresses) {
    return addresses.stream().filter(address -> !fcm.to(address).isEmpty()).count();
  }
}
