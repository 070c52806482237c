package io.towncrier.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * EventBridge on loopback, one call of it: Amazon EventBridge API Reference, "PutEvents", in AWS's
 * JSON 1.1. Like the real one it answers for each entry of a request by itself, takes ten entries
 * and 256 kB at most, and refuses what is not signed.
 */
public final class LoopbackEventBridge implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 256 * 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger requests = new AtomicInteger();
  private final List<JsonNode> taken = new CopyOnWriteArrayList<>();
  private volatile Supplier<Fault> faults = () -> Fault.NONE;
  private volatile Function<JsonNode, String> refusals = entry -> "";

  private LoopbackEventBridge(HttpServer server) {
    this.server = server;
  }

  /** What is wrong with a whole request. */
  public enum Fault {
    NONE,
    /** 400, by the name that the service gives it. */
    THROTTLED,
    /** 429, with no name. */
    TOO_MANY,
    DENIED,
    BROKEN,
    GARBLED,
    /** The entries are taken, and the connection ends without an answer. */
    LOST,
    /** The entries are taken, and no answer ever comes. */
    SILENT
  }

  public static LoopbackEventBridge start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    LoopbackEventBridge events = new LoopbackEventBridge(server);
    server.setExecutor(events.threads);
    server.createContext("/", events::answer);
    server.start();
    return events;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** Asked at each request. */
  public void fail(Supplier<Fault> how) {
    faults = how;
  }

  /** Asked for each entry: the code of its error; empty for one that is taken. */
  public void refuse(Function<JsonNode, String> how) {
    refusals = how;
  }

  /** How often it was called. */
  public int requests() {
    return requests.get();
  }

  /** The entries that were taken, as they were sent, in that order. */
  public List<JsonNode> taken() {
    return new ArrayList<>(taken);
  }

  /** The detail of an entry. */
  public static JsonNode detail(JsonNode entry) {
    try {
      return JSON.readTree(entry.path("Detail").asText());
    } catch (JsonProcessingException garbled) {
      throw new IllegalArgumentException(garbled);
    }
  }

  @Override
  public void close() {
    if (closed.getCount() > 0) {
      closed.countDown();
      server.stop(0);
      threads.shutdownNow();
    }
  }

  private void answer(HttpExchange call) throws IOException {
    requests.incrementAndGet();
    JsonNode entries = JSON.readTree(call.getRequestBody()).path("Entries");
    String signed = String.valueOf(call.getRequestHeaders().getFirst("Authorization"));
    if (!"AWSEvents.PutEvents".equals(call.getRequestHeaders().getFirst("X-Amz-Target"))) {
      error(call, 400, "UnknownOperationException");
    } else if (!signed.matches(
        "AWS4-HMAC-SHA256 Credential=.*/events/aws4_request, .*Signature=.*")) {
      error(call, 400, "MissingAuthenticationTokenException");
    } else if (entries.isEmpty() || entries.size() > 10 || bytes(entries) > MOST_BYTES) {
      error(call, 400, "ValidationException");
    } else {
      answer(call, entries, faults.get());
    }
  }

  private void answer(HttpExchange call, JsonNode entries, Fault fault) throws IOException {
    switch (fault) {
      case NONE -> write(call, 200, take(entries));
      case THROTTLED -> error(call, 400, "com.amazon.coral.availability#ThrottlingException");
      case TOO_MANY -> write(call, 429, Map.of());
      case DENIED -> error(call, 400, "AccessDeniedException");
      case BROKEN -> error(call, 500, "InternalException");
      case GARBLED -> write(call, 200, Map.of("FailedEntryCount", 0));
      case LOST -> {
        take(entries);
        call.close();
      }
      case SILENT -> {
        take(entries);
        waitForTheEnd();
      }
    }
  }

  private void waitForTheEnd() {
    try {
      closed.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, Object> take(JsonNode entries) {
    List<Map<String, String>> answers = new ArrayList<>();
    int failed = 0;
    for (JsonNode entry : entries) {
      String code = wrong(entry);
      if (code.isEmpty()) {
        taken.add(entry);
        answers.add(Map.of("EventId", UUID.randomUUID().toString()));
      } else {
        failed++;
        answers.add(Map.of("ErrorCode", code, "ErrorMessage", "Not this time."));
      }
    }
    return Map.of("FailedEntryCount", failed, "Entries", answers);
  }

  private String wrong(JsonNode entry) {
    if (entry.path("Source").asText("aws.").startsWith("aws.")
        || entry.path("DetailType").asText().isEmpty()) {
      return "InvalidArgument";
    }
    try {
      return JSON.readTree(entry.path("Detail").asText()).isObject()
          ? refusals.apply(entry)
          : "MalformedDetail";
    } catch (JsonProcessingException garbled) {
      return "MalformedDetail";
    }
  }

  // Amazon EventBridge User Guide, "Calculating PutEvents event entry size".
  private static int bytes(JsonNode entries) {
    int bytes = 0;
    for (JsonNode entry : entries) {
      bytes += entry.has("Time") ? 14 : 0;
      for (String member : List.of("Source", "DetailType", "Detail")) {
        bytes += entry.path(member).asText().getBytes(StandardCharsets.UTF_8).length;
      }
    }
    return bytes;
  }

  private static void error(HttpExchange call, int status, String type) throws IOException {
    write(call, status, Map.of("__type", type));
  }

  private static void write(HttpExchange call, int status, Map<String, ?> body) throws IOException {
    if (body.isEmpty()) {
      call.sendResponseHeaders(status, -1);
    } else {
      byte[] bytes = JSON.writeValueAsBytes(body);
      call.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
      call.sendResponseHeaders(status, bytes.length);
      call.getResponseBody().write(bytes);
    }
    call.close();
  }
}
