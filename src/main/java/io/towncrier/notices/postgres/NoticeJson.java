package io.towncrier.notices.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.towncrier.notices.Audience;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.LanguageTag;
import io.towncrier.platform.LocalizedText;
import java.util.List;

/** Texts and audiences as the database keeps them. */
final class NoticeJson {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private NoticeJson() {}

  static String texts(LocalizedText texts) {
    return write(texts.byLanguage());
  }

  static LocalizedText texts(String json) {
    return new LocalizedText(read(json, new TypeReference<>() {}));
  }

  static String audience(Audience audience) {
    return write(
        new Stored(
            audience.products(),
            audience.countries().stream().map(CountryCode::value).toList(),
            audience.languages().stream().map(LanguageTag::value).toList()));
  }

  static Audience audience(String json) {
    Stored stored = read(json, new TypeReference<>() {});
    return new Audience(
        stored.products(),
        stored.countries().stream().map(CountryCode::new).toList(),
        stored.languages().stream().map(LanguageTag::new).toList());
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("a stored notice is not readable", broken);
    }
  }

  record Stored(List<String> products, List<String> countries, List<String> languages) {}
}
