package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.towncrier.testing.Api;
import io.towncrier.testing.FirmwareTexts;
import io.towncrier.testing.RawHttp;
import io.towncrier.testing.RawHttp.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of a check holds of each form in which its facts stand in a query (docs/adr/0022). */
@QuarkusTest
class CheckFormsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String PRODUCT = "/v1/products/towncrier_ax3000";
  private static final List<String> ANONYMOUS =
      List.of("/update", "/update/", "/update.txt", "/update.txt/", "/rauc", "/rauc/");
  private static final List<String> BROKEN =
      List.of(
          "cohort=50%", "cohort=%zz&country=DE", "language=%c3%28&channel=%", "%=1", "country=%0");
  private static final List<String> UNUSUAL =
      List.of(
          "&Manual=true",
          "&MANUAL=true",
          "&%6danual=true",
          "&x=1;manual=true",
          "&country=FR",
          "&=manual=true");

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void aBrokenEscapeCostsNoFormItsAnswer() throws IOException {
    for (String form : ANONYMOUS) {
      for (String broken : BROKEN) {
        String asked = PRODUCT + form + "?version=1.2.0&" + broken;
        assertThat(get(asked, "").status()).as(asked).isIn(200, 204, 302);
      }
      assertThat(get(PRODUCT + form + "?version=1.2.0%", "").status()).as(form).isEqualTo(400);
    }
    Api.Registered router =
        Api.register(Map.of("kind", "router", "product", "towncrier_ax3000", "version", "1.2.0"));
    for (String broken : BROKEN) {
      String asked = router.path("/rauc") + "?version=1.2.0&" + broken;
      assertThat(get(asked, basic(router)).status()).as(asked).isIn(204, 302);
    }
  }

  @Test
  void whatASharedCacheReadsOtherwiseIsForThisClientAlone() throws IOException {
    for (String form : ANONYMOUS.subList(0, 4)) {
      for (String longWay : List.of("", "If-None-Match: W/\"other\"\r\n")) {
        String usual = "?version=1.2.0&country=DE";
        assertThat(get(PRODUCT + form + usual, longWay).text())
            .containsIgnoringCase("Cache-Control: max-age=60, public");
        for (String unusual : UNUSUAL) {
          Answer answer = get(PRODUCT + form + usual + unusual, longWay);
          assertThat(answer.status()).as(unusual).isEqualTo(200);
          assertThat(answer.text())
              .as(form + unusual)
              .containsIgnoringCase("Cache-Control: no-store")
              .doesNotContainIgnoringCase("public");
          String again =
              get(PRODUCT + form + usual + unusual, "If-None-Match: " + tag(answer) + "\r\n")
                  .text();
          assertThat(again).startsWith("HTTP/1.1 304").containsIgnoringCase("no-store");
        }
      }
    }
  }

  private static String tag(Answer answer) {
    return answer
        .text()
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("etag: "))
        .map(line -> line.substring(6))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsBrokenIsNamedAsLinesToo() throws IOException {
    assertThat(get(PRODUCT + "/update.txt?version=1.2.0&language=50%&country=DE", "").body())
        .contains("ignored=language", "complete=true");
  }

  @Test
  void noBytesOfAnOptionalFactAreRefusedInAnyForm() throws IOException {
    FirmwareTexts firmware = new FirmwareTexts(14);
    for (int i = 0; i < 60; i++) {
      String text = firmware.next().replaceAll("[^A-Za-z0-9._~%+&=;:@,/?-]", "%");
      for (String form : ANONYMOUS) {
        String asked = PRODUCT + form + "?version=1.2.0&cohort=" + text + "&channel=" + text;
        if (asked.length() < 4_000) {
          assertThat(get(asked, "").status()).as(asked).isIn(200, 204, 302);
        }
      }
    }
  }

  private static String basic(Api.Registered device) {
    String shown = device.id() + ":" + device.secret();
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(shown.getBytes(StandardCharsets.UTF_8))
        + "\r\n";
  }

  /** Byte for byte: no client would send a percent sign like that. */
  private static Answer get(String path, String headers) throws IOException {
    return RawHttp.send(
        RestAssured.port,
        "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n",
        PATIENCE);
  }
}
