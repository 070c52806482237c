package io.towncrier.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lambda's Runtime API on a loopback port, for one function. */
public final class RuntimeApi implements AutoCloseable {
  static {
    // It writes an answer in two parts, the second of which would wait for 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final String BASE = "/2018-06-01/runtime/";

  private final HttpServer server;
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, CompletableFuture<String>> results = new ConcurrentHashMap<>();
  private final CountDownLatch initialized = new CountDownLatch(1);
  private final CountDownLatch checkpoint = new CountDownLatch(1);
  private final CountDownLatch restored = new CountDownLatch(1);
  private volatile String initError = "";
  private volatile String lastRequestId = "";

  public RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(BASE + "invocation/next", this::next);
    server.createContext(BASE + "invocation/", this::result);
    server.createContext(BASE + "init/error", this::initError);
    server.createContext(BASE + "restore/next", this::restoreNext);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "runtime-api");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
  }

  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns once the function has asked for its first event. */
  public void awaitInit(Duration atMost) throws InterruptedException {
    if (!initialized.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the function did not initialize: " + initError);
    }
  }

  /** Returns once the function's snapshot could be taken: its hooks for that are done. */
  public void awaitCheckpoint(Duration atMost) throws InterruptedException {
    if (!checkpoint.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the function did not come to its snapshot: " + initError);
    }
  }

  /** What was stopped at its snapshot goes on, as a copy of it would. */
  public void restore() {
    restored.countDown();
  }

  /** The function's result for an event; its error comes as a text that begins with "error ". */
  public String invoke(String event) throws Exception {
    return invoke(event, Duration.ofSeconds(60));
  }

  /**
   * As above.
   *
   * @param time that the function is told it has
   */
  public String invoke(String event, Duration time) throws Exception {
    String id = UUID.randomUUID().toString();
    lastRequestId = id;
    CompletableFuture<String> result = new CompletableFuture<>();
    results.put(id, result);
    waiting.add(new Invocation(id, event, time));
    return result.get(60, TimeUnit.SECONDS);
  }

  /** Of the event that was given out last. */
  public String lastRequestId() {
    return lastRequestId;
  }

  private void next(HttpExchange exchange) throws IOException {
    initialized.countDown();
    try {
      Invocation invocation = waiting.take();
      exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", invocation.id);
      exchange
          .getResponseHeaders()
          .set(
              "Lambda-Runtime-Deadline-Ms",
              Long.toString(System.currentTimeMillis() + invocation.time.toMillis()));
      exchange
          .getResponseHeaders()
          .set(
              "Lambda-Runtime-Invoked-Function-Arn",
              "arn:test:lambda:test-1:000000000000:function:towncrier");
      respond(exchange, 200, invocation.event);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void restoreNext(HttpExchange exchange) throws IOException {
    checkpoint.countDown();
    try {
      restored.await();
      respond(exchange, 200, "{}");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void result(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().substring(BASE.length()).split("/", -1);
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    results.get(path[1]).complete(path[2].equals("response") ? body : "error " + body);
    respond(exchange, 202, "{}");
  }

  private void initError(HttpExchange exchange) throws IOException {
    initError = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    respond(exchange, 202, "{}");
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private record Invocation(String id, String event, Duration time) {}
}
