package io.towncrier.delivery.getui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.towncrier.platform.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line of what Getui says of pushes (contract push-china, "Receipts"). The signature covers
 * neither the code nor a time: who has seen a receipt can send it again with another code. So a
 * receipt is a hint, however it is signed.
 *
 * @param app as whose the message was sent
 * @param cid the client id that the message went to
 * @param task by which Getui named the message in its answer
 * @param message Getui's own name for it
 * @param code what became of it
 * @param sign as it stands in the line
 */
record Receipt(String app, Secret cid, String task, String message, int code, String sign) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final int LONGEST_LINE = 4096;
  // Visible ASCII, as all names of Getui are; no database and no log is shown anything else.
  private static final Pattern NAME = Pattern.compile("[!-~]{1,128}");
  private static final Pattern CODE = Pattern.compile("[0-9]{1,6}");
  private static final Pattern SIGN = Pattern.compile("[0-9A-Fa-f]{32}");

  /** Empty when the line is none. */
  static Optional<Receipt> read(String line) {
    if (line.length() > LONGEST_LINE) {
      return Optional.empty();
    }
    try {
      JsonNode root = JSON.readTree(line);
      return root != null && root.isObject() ? of(root) : Optional.empty();
    } catch (JsonProcessingException noJson) {
      return Optional.empty();
    }
  }

  private static Optional<Receipt> of(JsonNode root) {
    Optional<String> app = text(root, "appid", NAME);
    Optional<String> cid = text(root, "cid", NAME);
    Optional<String> task = text(root, "taskid", NAME);
    Optional<String> message = text(root, "msgid", NAME);
    Optional<String> code = text(root, "code", CODE);
    Optional<String> sign = text(root, "sign", SIGN);
    return app.isPresent()
            && cid.isPresent()
            && task.isPresent()
            && message.isPresent()
            && code.isPresent()
            && sign.isPresent()
        ? Optional.of(
            new Receipt(
                app.get(),
                new Secret(cid.get()),
                task.get(),
                message.get(),
                Integer.parseInt(code.get()),
                sign.get()))
        : Optional.empty();
  }

  /** A text or a number, which are the same to Getui. */
  private static Optional<String> text(JsonNode root, String name, Pattern form) {
    JsonNode member = root.path(name);
    return member.isTextual() || member.isIntegralNumber()
        ? Optional.of(member.asText()).filter(value -> form.matcher(value).matches())
        : Optional.empty();
  }

  /** Whether who sent it has the master secret; compared in constant time. */
  boolean isSignedBy(GetuiAccount account) {
    return MessageDigest.isEqual(
        bytes(account.signOfReceipt(app + cid.reveal() + task + message)),
        bytes(sign.toLowerCase(Locale.ROOT)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Without what Getui says: none of it is logged. */
  @Override
  public String toString() {
    return "a receipt with code " + code;
  }
}
