package io.towncrier.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.towncrier.testing.Api;
import io.towncrier.testing.OpenWrt;
import io.towncrier.testing.PlainHttp;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The real OpenWrt catalogue, imported and asked over HTTP. */
@QuarkusTest
@Tag("zoneless")
class RealCatalogueIT {
  private static boolean imported;

  private OpenWrt openWrt;

  @BeforeEach
  void importOnce() throws IOException {
    Optional<OpenWrt> data = OpenWrt.read();
    if (data.isEmpty()) {
      System.err.println("SKIPPED: the OpenWrt catalogue is not beside this checkout");
    }
    assumeTrue(data.isPresent(), "SKIPPED: the OpenWrt catalogue is not beside this checkout");
    openWrt = data.get();
    if (!imported) {
      Response first = Api.operator().body(openWrt.catalogue()).post("/v1/admin/catalogue");
      first
          .then()
          .statusCode(200)
          .body("products.created", equalTo(1998))
          .body("releases.changed", equalTo(0));
      Api.operator()
          .body(openWrt.catalogue())
          .post("/v1/admin/catalogue")
          .then()
          .statusCode(200)
          .body("snapshot", equalTo(first.<String>path("snapshot")))
          .body("releases.created", equalTo(0));
      imported = true;
    }
  }

  @Test
  void theDataIsTheRealOne() {
    assertThat(openWrt.versions()).hasSize(38);
    assertThat(openWrt.models("25.12.5")).hasSize(1923);
    assertThat(openWrt.models("24.10.8")).hasSize(1709);
    assertThat(openWrt.models("23.05.6")).hasSize(1473);
  }

  @Test
  void everyModelThatTheNewestSeriesKeptIsOfferedIt() {
    Set<String> kept = new TreeSet<>(openWrt.products("24.10.8"));
    kept.retainAll(openWrt.products("25.12.5"));
    Set<String> names = new TreeSet<>(openWrt.models("24.10.8"));
    names.retainAll(openWrt.models("25.12.5"));
    assertThat(names).hasSize(1685);
    for (String product : kept) {
      JsonNode answer = PlainHttp.json("/v1/products/" + product + "/update?version=24.10.8");
      assertThat(answer.path("decision").asText()).as(product).isEqualTo("offer");
      assertThat(answer.at("/release/version").asText()).as(product).isEqualTo("25.12.5");
    }
  }

  @Test
  void everyModelThatTheNewestSeriesDroppedIsToldItsEndOfSupport() {
    Set<String> dropped = new TreeSet<>(openWrt.products("24.10.8"));
    dropped.removeAll(openWrt.products("25.12.5"));
    assertThat(dropped).hasSize(24);
    for (String product : dropped) {
      check(product, "24.10.8")
          .then()
          .statusCode(200)
          .body("release", nullValue())
          .body("decision", equalTo("unsupported"))
          .body("reason", equalTo("end-of-support"))
          .body("supportedUntil", equalTo(OpenWrt.END_OF_SUPPORT));
    }
  }

  @Test
  void aCandidateIsOfferedTheNewestStableAndTheNewestIsUpToDate() {
    for (String channel : new String[] {"stable", "candidate"}) {
      Api.anonymous()
          .queryParam("version", "25.12.0-rc2")
          .queryParam("channel", channel)
          .get("/v1/products/tplink_archer-a7-v5/update")
          .then()
          .body("decision", equalTo("offer"))
          .body("release.version", equalTo("25.12.5"));
    }
    check("tplink_archer-a7-v5", "25.12.5").then().body("decision", equalTo("up-to-date"));
    check("tplink_archer-a7-v5", "25.12.10").then().body("decision", equalTo("up-to-date"));
  }

  @Test
  void idsAreCaseSensitiveAndQualifiedByTarget() {
    check("fsl_T4240RDB", "24.10.8").then().statusCode(200);
    check("fsl_t4240rdb", "24.10.8")
        .then()
        .statusCode(404)
        .body("code", equalTo("unknown-product"));
    check("generic@x86-64", "24.10.8").then().body("release.version", equalTo("25.12.5"));
    check("generic", "24.10.8").then().statusCode(404);
  }

  @Test
  void versionsAreOrderedAsTheirMakersMean() {
    Api.operator()
        .body(
            """
            {"products":[
              {"id":"order-ten","name":"n","kind":"firmware","defaultLanguage":"en"},
              {"id":"order-rc","name":"n","kind":"firmware","defaultLanguage":"en"}],
             "releases":[
              {"products":["order-ten"],"version":"25.12.5","severity":"optional","publishedAt":"2026-01-01T00:00:00Z","notes":{"en":{"title":"t","body":"b"}}},
              {"products":["order-ten"],"version":"25.12.10","severity":"optional","publishedAt":"2026-01-01T00:00:00Z","notes":{"en":{"title":"t","body":"b"}}},
              {"products":["order-rc"],"version":"24.10.0-rc7","severity":"optional","publishedAt":"2026-01-01T00:00:00Z","notes":{"en":{"title":"t","body":"b"}}},
              {"products":["order-rc"],"version":"24.10.0","severity":"optional","publishedAt":"2026-01-01T00:00:00Z","notes":{"en":{"title":"t","body":"b"}}}]}
            """)
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
    check("order-ten", "25.12.5").then().body("release.version", equalTo("25.12.10"));
    check("order-ten", "25.12.10").then().body("decision", equalTo("up-to-date"));
    check("order-rc", "24.10.0-rc7").then().body("release.version", equalTo("24.10.0"));
    check("order-rc", "24.10.0").then().body("decision", equalTo("up-to-date"));
  }

  private static Response check(String product, String version) {
    return Api.anonymous()
        .queryParam("version", version)
        .get("/v1/products/{product}/update", product);
  }
}
