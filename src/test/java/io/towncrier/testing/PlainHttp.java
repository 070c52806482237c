package io.towncrier.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.towncrier.contract.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Requests by the thousand to the service under test: REST-assured takes twenty times as long. */
public final class PlainHttp {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private PlainHttp() {}

  /**
   * A request to the service.
   *
   * @param path with its query, escaped
   */
  public static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
        .timeout(Duration.ofSeconds(30));
  }

  public static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      HttpRequest sent = request.build();
      HttpResponse<String> answer = CLIENT.send(sent, HttpResponse.BodyHandlers.ofString());
      List<String> defects =
          Contract.committed()
              .defects(
                  sent.method(),
                  sent.uri().getPath(),
                  answer.statusCode(),
                  answer.headers().firstValue("Content-Type").orElse(""),
                  answer.body());
      if (!defects.isEmpty()) {
        throw new AssertionError("beside api/openapi.yaml: " + defects);
      }
      return answer;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** The JSON that a successful GET answers; anything else fails. */
  public static JsonNode json(String path) {
    return read(path, send(to(path)), 200);
  }

  /**
   * What a POST of JSON made; anything but a 201 fails. It prepares a test, so it does as clients
   * are told to: what a database did not take in time, on a machine that has much to do, is sent
   * once more. The log of the service says why.
   */
  public static JsonNode created(HttpRequest.Builder request, Object body) {
    try {
      String written = JSON.writeValueAsString(body);
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(written));
    } catch (JsonProcessingException noJson) {
      throw new AssertionError(noJson);
    }
    HttpResponse<String> first = send(request);
    boolean isToComeAgain =
        first.statusCode() == 503 && first.body().contains("\"database-unavailable\"");
    return read("a POST", isToComeAgain ? send(request) : first, 201);
  }

  private static JsonNode read(String what, HttpResponse<String> answer, int expected) {
    if (answer.statusCode() != expected) {
      throw new AssertionError(what + " answered " + answer.statusCode() + ": " + answer.body());
    }
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException noJson) {
      throw new AssertionError(answer.body(), noJson);
    }
  }
}
