package io.towncrier.delivery.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.privacy.MessageKeys;
import io.towncrier.privacy.TestKeys;
import io.towncrier.privacy.keys.FirstKeys;
import io.towncrier.privacy.keys.VersionKeys;
import io.towncrier.privacy.tink.TinkKeysets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What the MAC of a message covers, and that the app's table of vectors has the same. */
class PhoneKeysTest {
  private static final String DEVICE = "dev_0123456789abcdefghjkmnpqrs";
  private static final Map<String, String> DATA =
      Map.of(
          "kind", "notice",
          "noticeId", "ntc_1",
          "category", "policy",
          "expires", "1",
          "link", "/notices/ntc_1");

  private final PhoneKeys keys = new PhoneKeys(TestKeys.vault(), TestKeys.messageKeys());

  @Test
  void aMacSaysItsFormAndTheGenerationOfItsKey() {
    // By another program.
    assertThat(mac(DATA, "7:\n0:", "Gr\u00fc\u00dfe \ud83d\ude00\n"))
        .isEqualTo("1.1.XRbGSvF3UxVJPe4BTN3tWg");
  }

  @Test
  void noMemberCanBeTakenForAnother() {
    List<String> all =
        Stream.of(
                mac(DATA, "a", "b"),
                mac(DATA, "", "ab"),
                mac(DATA, "ab", ""),
                mac(DATA, "a\n1:b", ""),
                mac(DATA, "", "a\n1:b"),
                mac(DATA, "a", "b\n"),
                mac(with("noticeId", "ntc_2"), "a", "b"),
                mac(with("kind", "recall"), "a", "b"),
                mac(with("category", "security"), "a", "b"),
                mac(with("expires", "11"), "a", "b"),
                mac(with("expires", ""), "a", "b"),
                mac(with("link", "/"), "a", "b"),
                keys.mac(DEVICE + "0", form(DATA, "a", "b")))
            .toList();
    assertThat(all).doesNotHaveDuplicates();
  }

  @Test
  void aTextThatNoUnicodeIsHasAMacOfWhatArrives() {
    // Half of a character is sent as a question mark.
    assertThat(mac(DATA, "\ud83d", "")).isEqualTo(mac(DATA, "?", ""));
  }

  @Test
  void whileTwoVersionsLiveThereIsAMacUnderEach() {
    TinkKeysets keysets = new TinkKeysets();
    VersionKeys second = keysets.open(2, keysets.generate(2));
    MessageKeys both = TestKeys.messageKeys(second, FirstKeys.of(new byte[32]));
    String[] macs =
        new PhoneKeys(TestKeys.vault(), both).mac(DEVICE, form(DATA, "T", "B")).split(" ");
    String alone =
        new PhoneKeys(TestKeys.vault(), TestKeys.messageKeys(second))
            .mac(DEVICE, form(DATA, "T", "B"));
    assertThat(macs).containsExactly(alone, mac(DATA, "T", "B"));
    assertThat(alone).startsWith("1.2.");
  }

  @Test
  void threadsDoNotDisturbEachOther() {
    List<CompletableFuture<String>> made =
        IntStream.range(0, 400)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> mac(DATA, "t" + i % 4, "b")))
            .toList();
    for (int i = 0; i < made.size(); i++) {
      assertThat(made.get(i).join()).isEqualTo(mac(DATA, "t" + i % 4, "b"));
    }
  }

  @Test
  void theVectorsOfTheAppHaveTheSameForm() throws Exception {
    JsonNode table = new ObjectMapper().readTree(Path.of("clients/vectors/phone.json").toFile());
    int compared = 0;
    for (Map.Entry<String, JsonNode> one : table.path("messages").properties()) {
      String macs = one.getValue().path("mac").asText();
      if (!macs.isEmpty() && !one.getKey().startsWith("forged")) {
        Map<String, String> data = new HashMap<>();
        one.getValue().properties().forEach(m -> data.put(m.getKey(), m.getValue().asText()));
        byte[] form = form(data, data.getOrDefault("title", ""), data.getOrDefault("body", ""));
        for (String mac : macs.split(" ")) {
          String[] parts = mac.split("\\.");
          assertThat(parts[2])
              .as(one.getKey())
              .hasSize(22)
              .startsWith(hmac(table.path("keys").path(parts[1]).asText(), form));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(3);
  }

  private static String hmac(String key, byte[] form) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(key), "HmacSHA256"));
    // The last letter of 16 bytes says less than that of 32.
    return Base64.getUrlEncoder().encodeToString(mac.doFinal(form)).substring(0, 21);
  }

  private String mac(Map<String, String> data, String title, String body) {
    return keys.mac(DEVICE, form(data, title, body));
  }

  private static byte[] form(Map<String, String> data, String title, String body) {
    return CanonicalForm.of(data, new LocalizedText.Text(title, body));
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> changed = new HashMap<>(DATA);
    changed.put(name, value);
    return changed;
  }
}
