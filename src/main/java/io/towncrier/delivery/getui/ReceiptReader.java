package io.towncrier.delivery.getui;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/**
 * Reads receipts, whatever media type Getui says they have: it documents a text, a line of JSON
 * each. What is no UTF-8 spoils the line that it stands in alone.
 */
@Provider
@Consumes(MediaType.WILDCARD)
public class ReceiptReader implements MessageBodyReader<ReceiptLines> {
  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == ReceiptLines.class;
  }

  @Override
  public ReceiptLines readFrom(
      Class<ReceiptLines> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    return ReceiptLines.of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
  }
}
