package io.towncrier.platform.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.platform.FieldError;
import io.towncrier.platform.Problem;
import io.towncrier.platform.rest.body.ClientBody;
import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/**
 * Refuses members that the body of an operators' request does not declare: a misspelt audience must
 * not mean everybody. What is taken as a tree, as bytes or as a client's body is read by a reader
 * that is strict itself.
 */
@jakarta.ws.rs.ext.Provider
// Behind the limit of the body's size, which has the default.
@Priority(Priorities.USER + 100)
public class RefuseUnknownMembers implements ReaderInterceptor {
  private static final Set<Class<?>> READ_BY_THEMSELVES =
      Set.of(byte[].class, JsonNode.class, ClientBody.class, InputStream.class);

  // As in BodyLimit: made before there is configuration.
  private final Provider<ObjectMapper> json;

  RefuseUnknownMembers(Provider<ObjectMapper> json) {
    this.json = json;
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    boolean strict = Boolean.TRUE.equals(context.getProperty(RefuseUnknownParameters.STRICT_BODY));
    if (!strict || READ_BY_THEMSELVES.contains(context.getType())) {
      return context.proceed();
    }
    byte[] body = context.getInputStream().readAllBytes();
    context.setInputStream(new ByteArrayInputStream(body));
    // First, so that what is no JSON, or of a wrong type, is answered as it is everywhere.
    Object read = context.proceed();
    List<FieldError> unknown =
        UnknownNames.members(context.getGenericType(), json.get().readTree(body));
    if (!unknown.isEmpty()) {
      throw Problem.invalidRequest(unknown).asException();
    }
    return read;
  }
}
