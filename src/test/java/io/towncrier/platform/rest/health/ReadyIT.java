package io.towncrier.platform.rest.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import io.towncrier.testing.PlainHttp;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("zoneless")
class ReadyIT {
  @Test
  void erasuresThatAreInTimeAreNothingAmiss() {
    Api.operator()
        .get("/v1/admin/health")
        .then()
        .body("checks.find { it.name == 'privacy' }.data.state", equalTo("working"));
    assertThat(PublicHealth.NORMAL).contains("working");
  }

  @Test
  void checksThatAreAskedAtOnceGiveTheirConnectionsBack() {
    // Many more in all than the pool has connections.
    for (int round = 0; round < 8; round++) {
      List<CompletableFuture<Integer>> asked =
          Stream.generate(
                  () ->
                      CompletableFuture.supplyAsync(
                          () -> PlainHttp.send(PlainHttp.to("/q/health/ready")).statusCode()))
              .limit(20)
              .toList();
      assertThat(asked).allMatch(one -> one.join() == 200);
    }
    Api.phone("en").as().get("/v1/about").then().statusCode(200);
  }
}
