package io.towncrier.infra.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By what a cell learns whether its pushes are shown. */
final class PushSettingsTest {
  private static final String NONE = "\"receiptNetworks\": [],\n      \"canary\": null";

  @Test
  void theSamplesHaveNeither() throws IOException {
    assertThat(text()).contains(NONE);
    assertThat(Cells.parse(text()))
        .extracting(Cell::pushes)
        .containsOnly(new PushSettings(List.of(), null));
  }

  @Test
  void receiptsAreTakenWhereGetuiPushes() throws IOException {
    String own = "\"pushes\": {\"receiptNetworks\": [\"203.0.113.0/24\", \"198.51.100.7\"]},";
    assertThat(
            Cells.parse(text().replace("\"name\": \"cn\",", "\"name\": \"cn\"," + own))
                .get(2)
                .pushes()
                .receiptNetworks())
        .containsExactly("203.0.113.0/24", "198.51.100.7");
    assertRefused(text().replace("\"name\": \"us\",", "\"name\": \"us\"," + own), "Getui");
    for (String none :
        List.of(
            "getui.com",
            "a.b",
            "dead",
            "",
            "203.0.113.256",
            "203.0.113/24",
            "203.0.113.0/33",
            "203.0.113.0/",
            "2001:db8::/129",
            "2001:db8:::/32",
            "::ffff:203.0.113.0/120",
            "203.0.113.0/24,198.51.100.7")) {
      assertRefused(with("[\"" + none + "\"]", "null"), "networks of receipts");
    }
    assertRefused(with("null", "null"), "networks of receipts");
    assertRefused(text().replace(NONE, "\"canary\": null"), "'receiptNetworks'");
  }

  @Test
  void aCanaryIsWhatTheServiceTakes() throws IOException {
    String right = "{\"devices\": [\"dev1\"], \"everyMinutes\": 5, \"withinSeconds\": 150}";
    assertThat(Cells.parse(with("[]", right)).get(0).pushes().canary())
        .isEqualTo(new PushSettings.Canary(List.of("dev1"), 5, 150));
    assertRefused(with("[]", right.replace("[\"dev1\"]", "[]")), "one to ten phones");
    assertRefused(with("[]", right.replace("dev1", "dev1,dev2")), "ids of phones");
    assertRefused(with("[]", right.replace("dev1", " ")), "ids of phones");
    assertRefused(
        with("[]", right.replace("[\"dev1\"]", "[" + "\"d\",".repeat(10) + "\"d\"]")),
        "one to ten phones");
    assertRefused(with("[]", right.replace(": 5", ": 4")), "five minutes");
    assertRefused(with("[]", right.replace("150", "151")), "30 seconds");
    assertRefused(with("[]", right.replace("150", "29")), "30 seconds");
    assertRefused(with("[]", right.replace(", \"withinSeconds\": 150", "")), "withinSeconds");
  }

  private static String with(String networks, String canary) throws IOException {
    return text().replace(NONE, "\"receiptNetworks\": " + networks + ", \"canary\": " + canary);
  }

  private static void assertRefused(String text, String because) {
    assertThatThrownBy(() -> Cells.parse(text)).hasMessageContaining(because);
  }

  private static String text() throws IOException {
    return Files.readString(Path.of("cells.json"));
  }
}
