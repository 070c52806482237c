package io.towncrier.functions.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayPathsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "/v1/a b, /v1/a%20b",
    "/v1/a\tb, /v1/a%09b",
    "/v1/ü, /v1/%C3%BC",
    "/v1/\"<>, /v1/%22%3C%3E",
    "/v1/a%zz b, /v1/a%zz%20b",
    "/v1/router:1.0+b 2, /v1/router:1.0+b%202"
  })
  void whatMayNotStandInAPathIsEncoded(String handedOver, String path) throws Exception {
    ObjectNode event = JSON.createObjectNode().put("version", "2.0");
    event.putObject("headers").put("rawPath", "/not this one");
    event.put("rawPath", handedOver).put("body", "stays as it is");
    JsonNode encoded = JSON.readTree(GatewayPaths.encoded(JSON.writeValueAsBytes(event)));
    assertThat(encoded.path("rawPath").asText()).isEqualTo(path);
    assertThat(encoded).isEqualTo(event.put("rawPath", path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rawPath\":\"/v1/products/router-app-android/update\",\"body\":\"\\ud83d\\ude00 and more\"}",
        "{\"rawPath\":\"/v1/admin/releases/ax3000:1.0~rc1+b(2)\"}",
        "{\"rawPath\":7}",
        "{}",
        "[]",
        "null",
        "",
        "{\"rawPath\":\"/a b\\",
        "no JSON"
      })
  void anyOtherEventIsHandedOnByteForByte(String event) throws Exception {
    byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
    assertThat(GatewayPaths.encoded(bytes)).isSameAs(bytes);
  }

  @Test
  void aPathWhoseEventIsCutOffIsHandedOnToo() throws Exception {
    byte[] cut = "{\"rawPath\":\"/a b\",\"headers\":{".getBytes(StandardCharsets.UTF_8);
    assertThat(GatewayPaths.encoded(cut)).isSameAs(cut);
  }
}
