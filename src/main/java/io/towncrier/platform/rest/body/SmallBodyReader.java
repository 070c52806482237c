package io.towncrier.platform.rest.body;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.platform.Problem;
import io.towncrier.platform.rest.NoBody;
import io.towncrier.platform.rest.SeenRevision;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * Reads the bodies that may be missing, {@link NoBody}, {@link SeenRevision} and each {@link
 * SmallBody}, whatever media type they are said to have: a stop must not fail for a header that a
 * tool sets by itself.
 */
@Provider
@Consumes(MediaType.WILDCARD)
public class SmallBodyReader implements MessageBodyReader<Object> {
  private final jakarta.inject.Provider<ObjectMapper> json;

  SmallBodyReader(jakarta.inject.Provider<ObjectMapper> json) {
    this.json = json;
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == NoBody.class
        || type == SeenRevision.class
        || SmallBody.class.isAssignableFrom(type);
  }

  @Override
  public Object readFrom(
      Class<Object> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    byte[] sent = body.readAllBytes();
    try {
      JsonNode said = json.get().readTree(sent);
      if (!said.isMissingNode() && !said.isNull() && !said.isObject()) {
        throw Problem.invalidRequest("body", "must be an object, or be left out").asException();
      }
      return type == (Class<?>) NoBody.class
          ? new NoBody()
          : json.get().treeToValue(said.isObject() ? said : json.get().createObjectNode(), type);
    } catch (JsonProcessingException malformed) {
      throw new jakarta.ws.rs.BadRequestException(malformed);
    }
  }
}
