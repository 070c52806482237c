package io.towncrier.platform.rest.body;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Reads what devices send; every other body is read by Jackson, and strictly. */
@Provider
public class ClientBodyReader implements MessageBodyReader<ClientBody> {
  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == ClientBody.class;
  }

  @Override
  public @Nullable ClientBody readFrom(
      Class<ClientBody> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    return ClientBody.read(body.readAllBytes()).orElse(null);
  }
}
