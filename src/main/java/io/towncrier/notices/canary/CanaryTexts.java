package io.towncrier.notices.canary;

import io.towncrier.platform.language.LocalizedText;
import java.util.Map;

/** What a canary says, to those at the maker who carry its phones. */
final class CanaryTexts {
  static final LocalizedText TEXTS =
      new LocalizedText(
          Map.of(
              "en",
              new LocalizedText.Text(
                  "Test of notifications", "This phone shows that notices arrive. Nothing to do."),
              "de",
              new LocalizedText.Text(
                  "Test der Benachrichtigungen",
                  "Dieses Telefon zeigt, dass Mitteilungen ankommen. Nichts zu tun."),
              "es",
              new LocalizedText.Text(
                  "Prueba de notificaciones",
                  "Este tel\u00e9fono muestra que los avisos llegan. No hay nada que hacer."),
              "zh-Hans",
              new LocalizedText.Text(
                  "\u901a\u77e5\u6d4b\u8bd5",
                  "\u6b64\u624b\u673a\u7528\u4e8e\u786e\u8ba4\u901a\u77e5\u80fd\u591f\u9001\u8fbe\uff0c\u65e0\u9700\u64cd\u4f5c\u3002")));

  private CanaryTexts() {}
}
