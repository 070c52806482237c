package io.towncrier.notices.text;

import io.towncrier.delivery.TextVariables;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.releases.version.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the way to a phone asks of a text. */
public final class TextRules {
  /** Longest title, in characters. */
  public static final int MAX_TITLE = 200;

  /** Longest body and part of an advice, in characters. */
  public static final int MAX_BODY = 2_000;

  // FCM takes 4096 bytes of payload (contract fcm-v1), ids and platform options among them.
  private static final int MAX_PAYLOAD = 4_096;
  private static final int BESIDE_THE_TEXT = 600;

  /** As long as a name and a version can be; a letter of the name may take three bytes. */
  private static final TextVariables LONGEST =
      new TextVariables("\u7f51".repeat(80), "9".repeat(Version.MAX_LENGTH));

  private TextRules() {}

  /** Variables that stand for nothing, as they are written. */
  public static List<String> unknownVariables(String template) {
    return TextVariables.unknownIn(template).stream().map(name -> "{" + name + "}").toList();
  }

  /** Whether the provider takes it, whatever device it is for. */
  public static boolean fitsAPush(LocalizedText.Text template) {
    LocalizedText.Text filled = LONGEST.fill(template);
    return bytes(filled.title()) + bytes(filled.body()) + BESIDE_THE_TEXT <= MAX_PAYLOAD;
  }

  /** In JSON, where some characters take more room. */
  private static int bytes(String text) {
    int escapes =
        (int) text.chars().filter(c -> c == '"' || c == '\\' || c == '\n' || c == '\t').count();
    return text.getBytes(StandardCharsets.UTF_8).length + escapes;
  }
}
