package io.towncrier.platform.rest.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("zoneless")
class ClientBodyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"v\":\"1.10\"}|1.10",
        "{\"v\":1.10}|1.10",
        "{\"v\":007}|7",
        "{\"v\":+3}|3",
        "{\"v\":-1}|-1",
        "{\"v\":1e400}|1e400",
        "{\"v\":NaN}|NaN",
        "{\"v\":true}|true",
        "{\"x\":{\"v\":\"in\"},\"v\":\"out\"}|out",
        "{\"v\":\"first\",\"v\":\"second\"}|first",
        "{\"v\":\"\",\"v\":\"second\"}|second",
        "{\"v\":null,\"v\":\"second\"}|second",
        "{\"v\":\"a\\qb\"}|aqb",
        "{\"v\":\"a\",}|a",
        "{\"v\":\"a\"}}}trailing|a",
        "\ufeff{\"v\":\"a\"}|a"
      })
  void whatFirmwareWritesIsTaken(String json, String text) {
    assertThat(of(json).text("v")).isEqualTo(text);
  }

  @Test
  void lineEndsWithinATextAreTaken() {
    assertThat(of("{\"v\":\"a\r\n\tb\"}").text("v")).isEqualTo("a\r\n\tb");
    assertThat(of("{\"v\":\"a\"}\u0000\u0000\u0000").text("v")).isEqualTo("a");
  }

  @Test
  void listsThatNoDeviceMeansCostLittle() {
    String many = "{\"a\":[[1]]},".repeat(5_000);
    ClientBody body = of("{\"v\":[{\"x\":1}," + many + "],\"w\":\"b\"}");
    assertThat(body.objects("v")).hasSize(1_000).startsWith(Map.of("x", "1"));
    assertThat(body.text("w")).isEqualTo("b");

    StringBuilder lists = new StringBuilder("{");
    for (int i = 0; i < 100; i++) {
      lists.append("\"l").append(i).append("\":[{}],");
    }
    ClientBody listed = of(lists + "\"w\":\"b\"}");
    assertThat(listed.objects("l0")).hasSize(1);
    assertThat(listed.objects("l99")).isEmpty();
    assertThat(listed.text("w")).isEqualTo("b");
  }

  @Test
  void theObjectsOfAListAreTextsAndWhatIsNoneCountsAsAnEmptyOne() {
    ClientBody body =
        of(
            "{\"a\":1,\"v\":[{\"x\":7,\"y\":[1,[2]],\"x\":8},3,[{\"x\":9}],{},{\"x\":\"last\"},],"
                + "\"w\":\"b\",\"v\":[{\"x\":0}]}");

    assertThat(body.objects("v"))
        .containsExactly(
            Map.of("x", "7", "y", InputReader.NO_TEXT),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of("x", "last"));
    assertThat(body.objects("a")).isEmpty();
    assertThat(body.objects("missing")).isEmpty();
    assertThat(body.text("w")).isEqualTo("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "[{\"a\":[1]}]", "{\"b\":{\"c\":null}}"})
  void whatIsNoTextIsMarked(String value) {
    ClientBody body = of("{\"v\":" + value + ",\"w\":\"b\"}");

    assertThat(body.text("v")).isEqualTo(InputReader.NO_TEXT);
    assertThat(body.text("w")).isEqualTo("b");
    assertThat(body.names()).containsExactlyInAnyOrder("v", "w");
  }

  @Test
  void nullIsEmptyAndWhatIsNotThereIsNull() {
    assertThat(of("{\"v\":null}").text("v")).isEmpty();
    assertThat(of("{}").text("v")).isNull();
  }

  @Test
  void bytesThatAreNoUtf8CostTheTextThatTheyStandIn() {
    byte[] latin = "{\"v\":\"caf\u00e9\",\"w\":\"b\"}".getBytes(StandardCharsets.ISO_8859_1);

    ClientBody body = ClientBody.read(latin).orElseThrow();

    assertThat(body.text("v")).startsWith("caf\ufffd");
    assertThat(body.text("w")).isEqualTo("b");
  }

  @Test
  void otherUnicodeIsReadAsBefore() {
    assertThat(
            ClientBody.read("{\"v\":\"\u00e9\"}".getBytes(StandardCharsets.UTF_16))
                .orElseThrow()
                .text("v"))
        .isEqualTo("\u00e9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", " \n"})
  void nothingIsNothing(String json) {
    assertThat(ClientBody.read(json.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "7", "\"a\"", "{\"v\":", "{\"v\" \"a\"}", "<xml/>", "v=1", "{\"v\":(null)}"})
  void whatIsNoObjectIsRefused(String json) {
    assertThatThrownBy(() -> of(json))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().code()).isEqualTo("malformed-json"));
  }

  @Test
  void nothingThatWasSentIsLogged() {
    assertThat(of("{\"secret\":\"value\"}").toString()).doesNotContain("secret", "value");
  }

  @Test
  void randomBytesAreReadOrRefusedAndNeverFail() {
    Random random = new Random(11);
    byte[] pieces =
        "{}[]\",:\\nulltrue01.-+e \u0000\u00c3\u00ff".getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < 100_000; i++) {
      byte[] body = new byte[random.nextInt(24)];
      for (int b = 0; b < body.length; b++) {
        body[b] = pieces[random.nextInt(pieces.length)];
      }
      try {
        ClientBody.read(body);
      } catch (ProblemException refused) {
        assertThat(refused.problem().status()).isEqualTo(400);
      }
    }
  }

  private static ClientBody of(String json) {
    return ClientBody.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }
}
