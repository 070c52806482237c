package io.towncrier.delivery.phone;

import io.towncrier.platform.language.LocalizedText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The bytes of a message that its MAC covers, the same for each provider: pure. Each member stands
 * with its length in front, so that no text can look like the end of its member. The app builds the
 * same bytes (clients/app/phone.js).
 */
public final class CanonicalForm {
  private static final byte[] BEGINNING = utf8("towncrier-push-1\n");
  // What is not named here is not covered, and no app acts on it.
  private static final List<String> MEMBERS =
      List.of("kind", "noticeId", "category", "expires", "link");

  private CanonicalForm() {}

  /**
   * Of a message that shows something.
   *
   * @param data as the app is given it
   * @param shown as it is sent: a provider may cut it
   */
  public static byte[] of(Map<String, String> data, LocalizedText.Text shown) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(BEGINNING);
    MEMBERS.forEach(name -> add(form, data.getOrDefault(name, "")));
    add(form, shown.title());
    add(form, shown.body());
    return form.toByteArray();
  }

  /** Of a message without text. */
  public static byte[] of(Map<String, String> data) {
    return of(data, new LocalizedText.Text("", ""));
  }

  private static void add(ByteArrayOutputStream form, String value) {
    byte[] bytes = utf8(value);
    form.writeBytes(utf8(bytes.length + ":"));
    form.writeBytes(bytes);
    form.write('\n');
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
