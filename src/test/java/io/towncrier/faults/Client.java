package io.towncrier.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.faults.Ledger.Asked;
import io.towncrier.faults.Ledger.Promise;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/** Asks one of the servers, and writes it into the ledger. */
final class Client {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(30))
          .build();
  private final int[] ports;
  private final Ledger ledger;

  Client(int[] ports, Ledger ledger) {
    this.ports = ports.clone();
    this.ledger = ledger;
  }

  /**
   * A request.
   *
   * @param what one name for all requests of its kind
   * @param credential empty for none
   * @param alsoFine what a repetition may be answered, when the answer before was lost
   */
  record Request(
      String what,
      Promise promise,
      String method,
      String path,
      String credential,
      String body,
      Set<Integer> alsoFine) {
    Request(
        String what, Promise promise, String method, String path, String credential, String body) {
      this(what, promise, method, path, credential, body, Set.of());
    }

    Request orElse(Set<Integer> statuses) {
      return new Request(what, promise, method, path, credential, body, statuses);
    }
  }

  /**
   * What came of it.
   *
   * @param status 0 when no answer came
   * @param at by {@link System#nanoTime}, when it was there
   */
  record Answer(int status, JsonNode body, long at) {
    boolean is(int expected) {
      return status == expected;
    }
  }

  Answer send(int server, Request asked) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports[server] + asked.path()))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(asked.method(), HttpRequest.BodyPublishers.ofString(asked.body()));
    if (!asked.credential().isEmpty()) {
      request.header("Authorization", "Bearer " + asked.credential());
    }
    long from = System.nanoTime();
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      long to = System.nanoTime();
      JsonNode body = JSON.readTree(response.body().isEmpty() ? "{}" : response.body());
      boolean retryAfter = response.headers().firstValue("Retry-After").isPresent();
      note(asked, server, from, to, response.statusCode(), retryAfter, body.path("code").asText());
      return new Answer(response.statusCode(), body, to);
    } catch (IOException none) {
      long to = System.nanoTime();
      note(asked, server, from, to, 0, false, none.toString());
      // Who is refused does not ask again at once.
      Thread.sleep(200);
      return new Answer(0, JSON.createObjectNode(), to);
    }
  }

  private void note(
      Request asked,
      int server,
      long from,
      long to,
      int status,
      boolean retryAfter,
      String detail) {
    int judged = asked.alsoFine().contains(status) ? 204 : status;
    ledger.add(
        new Asked(asked.what(), asked.promise(), server, from, to, judged, retryAfter, detail));
  }
}
