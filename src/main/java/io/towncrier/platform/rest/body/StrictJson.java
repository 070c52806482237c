package io.towncrier.platform.rest.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** A body that says two things at once is refused: an opt-out must not be read as its opposite. */
@Singleton
public class StrictJson implements ObjectMapperCustomizer {
  @Override
  public void customize(ObjectMapper mapper) {
    mapper
        .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        // A revision or a number of days that loses its fraction is another one than was sent.
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
  }
}
