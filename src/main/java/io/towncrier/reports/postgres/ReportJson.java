package io.towncrier.reports.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** The question and the counters of a report, as the database keeps them. */
final class ReportJson {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private ReportJson() {}

  static String write(Map<String, ?> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Map<String, String> texts(String json) {
    return read(json, new TypeReference<>() {});
  }

  static Map<String, Long> numbers(String json) {
    return read(json, new TypeReference<>() {});
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("a report cannot be read", broken);
    }
  }
}
