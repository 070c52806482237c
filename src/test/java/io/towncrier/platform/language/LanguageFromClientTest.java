package io.towncrier.platform.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("zoneless")
class LanguageFromClientTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // C libraries.
        "zh_TW | zh-TW",
        "pt_BR.UTF-8 | pt-BR",
        "de_DE@euro | de-DE",
        "ko_KR.eucKR | ko-KR",
        "fr_CA.ISO-8859-1@phone | fr-CA",
        "sr_RS@latin | sr-Latn-RS",
        "uz_UZ.UTF-8@cyrillic | uz-Cyrl-UZ",
        "sd@devanagari | sd-Deva",
        "LANG=nl_BE.utf8 | nl-BE",
        "LC_CTYPE=it_IT.UTF-8;LC_NUMERIC=C;LC_MESSAGES=pl_PL.UTF-8;LC_TIME=C | pl-PL",
        "LANG=cs_CZ.UTF-8 LANGUAGE=sk:cs | sk",
        "de_AT:de:en | de-AT",
        // Java, Android and Apple.
        "zh_TW_#Hant | zh-Hant-TW",
        "sr__#Latn | sr-Latn",
        "zh-Hant_TW | zh-Hant-TW",
        "zh-rHK | zh-HK",
        "pt-rBR | pt-BR",
        "b+sr+Latn+RS | sr-Latn-RS",
        "en_US_POSIX | en-US-POSIX",
        "iw_IL | he-IL",
        // Lists.
        "de,en;q=0.5 | de",
        "en;q=0.3, fr-CH;q=0.9, de;q=0.8 | fr-CH",
        "*, ja;q=0.1 | ja",
        "xx-YY, sv;q=0.2 | sv",
        "en;q=0, fi;q=0.001 | fi",
        "nl;q=high | nl",
        // Codes that were replaced.
        "iw | he",
        "in | id",
        "ji | yi",
        "jw-ID | jv-ID",
        "tl-PH | fil-PH",
        "mo | ro",
        "cmn-Hant | zh-Hant",
        "zh-cmn-Hans-CN | zh-Hans-CN",
        "deu-AUT | de-AT",
        "fre | fr",
        "sh | sr-Latn",
        "en-UK | en-GB",
        "de-DD | de-DE",
        "ru_SU | ru-RU",
        "sr-YU | sr-RS",
        // Three letters or digits where two are usual.
        "en-USA | en-US",
        "zho_TWN | zh-TW",
        "fr-250 | fr-FR",
        "es-419 | es-419",
        "zh-CHT | zh-Hant",
        "zh_CHS | zh-Hans",
        "zh-yue-HK | yue-HK",
        // Built in a hurry.
        "DE | de",
        "EN_gb | en-GB",
        "de_ | de",
        "_de_AT | de-AT",
        "de--CH | de-CH",
        "de_(null) | de",
        "\" de_DE \" | de-DE",
        "[nb_NO] | nb-NO",
        "en-xyz | en",
        "de_DE.UTF-8.bak | de-DE"
      })
  void theLanguageOfASystemsTextIsRead(String text, String tag) {
    assertThat(LanguageTag.fromClient(text).map(LanguageTag::value)).contains(tag);
  }

  @Test
  void whatStandsAroundALanguageIsLeftOut() {
    for (String text : new String[] {"fr\0", "fr\n", "\tfr", "'fr'", "(fr)", "fr;;", ",fr"}) {
      assertThat(LanguageTag.fromClient(text)).contains(new LanguageTag("fr"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C",
        "POSIX",
        "C.UTF-8",
        "LANG=C",
        "LC_ALL=POSIX",
        "LC_NUMERIC=de_DE",
        "",
        " ",
        "*",
        "und",
        "und-TW",
        "root",
        "mul",
        "zxx",
        "jp",
        "cz",
        "jp-JP",
        "dk_DK.UTF-8",
        "English",
        "German_Germany.1252",
        "1031",
        "0x0407",
        "(null)",
        "null",
        "undefined",
        "default",
        "de_DE;q=0",
        "x-private",
        "-",
        "_",
        "@",
        ".",
        "@euro",
        ".UTF-8",
        "+",
        "b+",
        "=",
        "q=1",
        ",,,",
        "de\u0301",
        "\u0434\u0435",
        "\ud83c"
      })
  void whatIsNoLanguageIsNotRead(String text) {
    assertThat(LanguageTag.fromClient(text)).isEmpty();
  }

  @Test
  void aTextOfAnyLengthIsAnsweredAtOnce() {
    assertThat(LanguageTag.fromClient("de,".repeat(300))).contains(new LanguageTag("de"));
    assertThat(LanguageTag.fromClient("de,".repeat(1_000_000))).isEmpty();
    assertThat(LanguageTag.fromClient("-".repeat(1_000))).isEmpty();
    assertThat(LanguageTag.fromClient("en-x" + "-abcde".repeat(60)))
        .contains(new LanguageTag("en"));
  }

  @Test
  void whatIsReadIsATagThatReadsAsItself() {
    String letters = "aAdDeEhHnNtTzZ0129-_.,;:=@#+ q*()\0\u00e9\u2028\ud83d\udce1";
    Random random = new Random(1031);
    int read = 0;
    for (int i = 0; i < 300_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(24); n > 0; n--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      Optional<LanguageTag> tag = LanguageTag.fromClient(text.toString());
      if (tag.isPresent()) {
        read++;
        assertThat(LanguageTag.fromClient(tag.get().value())).as(text.toString()).isEqualTo(tag);
        assertThat(new LanguageTag(tag.get().value())).isEqualTo(tag.get());
      }
    }
    assertThat(read).isGreaterThan(10_000);
  }

  @Test
  void everyLocaleOfThisPlatformIsReadInEachOfItsForms() {
    for (Locale locale : Locale.getAvailableLocales()) {
      Optional<LanguageTag> tag = LanguageTag.fromClient(locale.toLanguageTag());
      if (!locale.getLanguage().isEmpty()) {
        assertThat(tag).as(locale.toLanguageTag()).isPresent();
      }
      if (locale.getVariant().isEmpty() && !locale.hasExtensions()) {
        assertThat(LanguageTag.fromClient(locale.toString())).as(locale.toString()).isEqualTo(tag);
      }
    }
  }
}
