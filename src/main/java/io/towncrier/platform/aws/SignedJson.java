package io.towncrier.platform.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Calls of AWS's JSON protocol, signed by the SDK but without the client of the service: that of
 * KMS alone has 1.5 MB, for two calls in the life of a process. Blocks.
 */
@ApplicationScoped
public class SignedJson {
  /** EventBridge, as it signs. */
  public static final String EVENTS = "events";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRIES = 3;
  private static final int SERVER_FAULT = 500;

  private final AwsClients aws;
  private final AwsConfig config;

  public SignedJson(AwsClients aws, AwsConfig config) {
    this.aws = aws;
    this.config = config;
  }

  /**
   * Calls; again when the service is at fault.
   *
   * @param service as it signs, {@code kms}
   * @param target its operation, {@code TrentService.Decrypt}
   */
  public Answer call(String service, String target, Map<String, ?> body) {
    byte[] content = written(body);
    RuntimeException last = new IllegalStateException(service + " was not asked");
    for (int i = 0; i < TRIES; i++) {
      try {
        Answer answer = once(service, target, content);
        if (answer.status < SERVER_FAULT) {
          return answer;
        }
        last = new IllegalStateException(service + " is at fault: " + answer.status);
      } catch (IOException lost) {
        last = new UncheckedIOException(lost);
      }
    }
    throw last;
  }

  /**
   * Calls once: for a caller who asks again at a time of its own.
   *
   * @throws IOException when there was no answer; what was asked for may be done nevertheless
   */
  public Answer callOnce(String service, String target, Map<String, ?> body) throws IOException {
    return once(service, target, written(body));
  }

  private Answer once(String service, String target, byte[] content) throws IOException {
    String region = new DefaultAwsRegionProviderChain().getRegion().id();
    ContentStreamProvider payload = ContentStreamProvider.fromByteArray(content);
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint(service, region))
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("Content-Length", Integer.toString(content.length))
            .putHeader("X-Amz-Target", target)
            .build();
    try (DefaultCredentialsProvider credentials = DefaultCredentialsProvider.builder().build()) {
      SignedRequest signed =
          AwsV4HttpSigner.create()
              .sign(
                  r ->
                      r.identity(credentials.resolveCredentials())
                          .request(request)
                          .payload(payload)
                          .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                          .putProperty(AwsV4HttpSigner.REGION_NAME, region));
      HttpExecuteResponse response =
          aws.http()
              .prepareRequest(
                  HttpExecuteRequest.builder()
                      .request(signed.request())
                      .contentStreamProvider(payload)
                      .build())
              .call();
      try (InputStream answer =
          response
              .responseBody()
              .map(InputStream.class::cast)
              .orElse(InputStream.nullInputStream())) {
        return new Answer(response.httpResponse().statusCode(), read(answer.readAllBytes()));
      }
    }
  }

  private URI endpoint(String service, String region) {
    Optional<URI> given =
        service.equals(EVENTS) ? config.endpoint().events() : config.endpoint().kms();
    return given.orElseGet(
        () ->
            URI.create(
                "https://%s.%s.amazonaws.com%s/"
                    .formatted(service, region, region.startsWith("cn-") ? ".cn" : "")));
  }

  private static byte[] written(Map<String, ?> body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException garbled) {
      return JSON.createObjectNode();
    }
  }

  /** What the service answered. */
  public static final class Answer {
    private static final int OK = 200;

    private final int status;
    private final JsonNode body;

    Answer(int status, JsonNode body) {
      this.status = status;
      this.body = body;
    }

    public boolean isOk() {
      return status == OK;
    }

    public int status() {
      return status;
    }

    /** All of the answer; without a member where it is no JSON. */
    public JsonNode body() {
      return body;
    }

    /** A member of the answer, if the call succeeded. */
    public Optional<String> text(String member) {
      return isOk() && body.path(member).isTextual()
          ? Optional.of(body.path(member).asText())
          : Optional.empty();
    }

    /** The name of the error; it may come with a namespace in front. */
    public String failure() {
      String type = body.path("__type").asText("status " + status);
      return type.substring(type.indexOf('#') + 1);
    }
  }
}
