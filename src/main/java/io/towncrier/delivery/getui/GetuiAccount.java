package io.towncrier.delivery.getui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.towncrier.delivery.credentials.AccountFile;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Secrets;
import java.io.IOException;
import java.time.InstantSource;

/**
 * What the file of credentials says.
 *
 * @param appId names the app, in every URL
 * @param appKey names the key
 * @param masterSecret the right to push to everybody
 */
record GetuiAccount(String appId, String appKey, Secret masterSecret)
    implements AccountFile.Account {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final int FINGERPRINT = 16;

  /** The one that the settings name. */
  static AccountFile<GetuiAccount> in(GetuiConfig config, Secrets secrets, InstantSource clock) {
    return new AccountFile<>(
        "getui", config.credentials().orElseThrow(), GetuiAccount::read, secrets, clock);
  }

  private static GetuiAccount read(String file, AccountFile.Content content) {
    JsonNode root;
    try {
      root = JSON.readTree(content.bytes());
    } catch (JsonProcessingException garbage) {
      throw new IllegalStateException(file + " is no JSON");
    } catch (IOException | RuntimeException unreadable) {
      throw new IllegalStateException(
          "TOWNCRIER_GETUI_CREDENTIALS names " + file + ", which is not readable", unreadable);
    }
    return new GetuiAccount(
        text(file, root, "appId"),
        text(file, root, "appKey"),
        new Secret(text(file, root, "masterSecret")));
  }

  private static String text(String file, JsonNode root, String name) {
    String value = root.path(name).asText("");
    // It becomes part of a URL or of a signature: an id or a key of Getui has letters and digits.
    if (!value.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalStateException(file + " has no usable " + name);
    }
    return value;
  }

  @Override
  public AccountId id() {
    return new AccountId("getui:" + appId, fingerprint());
  }

  @Override
  public String description() {
    return "app " + appId;
  }

  /** What proves that we have the master secret, at a moment. */
  String sign(long epochMillis) {
    return Digests.sha256(appKey + epochMillis + masterSecret.reveal());
  }

  /** With what Getui signs a receipt with these words. */
  String signOfReceipt(String words) {
    return Digests.md5(words + masterSecret.reveal());
  }

  /** Tells its key from others, and nothing about it. */
  String fingerprint() {
    return Digests.sha256("towncrier\n" + appKey + '\n' + masterSecret.reveal())
        .substring(0, FINGERPRINT);
  }
}
