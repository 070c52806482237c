package io.towncrier.delivery.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.towncrier.platform.language.LocalizedText;

/** Localized texts as the database keeps them. */
final class TextsJson {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private TextsJson() {}

  static String write(LocalizedText texts) {
    try {
      return JSON.writeValueAsString(texts.byLanguage());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static LocalizedText read(String json) {
    try {
      return new LocalizedText(JSON.readValue(json, new TypeReference<>() {}));
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("stored texts are not readable", broken);
    }
  }
}
