package io.towncrier.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.towncrier.privacy.keys.AesGcm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.spec.SecretKeySpec;

/**
 * KMS on loopback, two calls of it: AWS KMS API Reference, "Encrypt" and "Decrypt", in AWS's JSON
 * 1.1. Like the real one it binds what it encrypts to the encryption context, and refuses what is
 * not signed.
 */
public final class LoopbackKms implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEY_BYTES = 32;

  private final HttpServer server;
  private final Map<String, AesGcm> keys = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<Integer> faults = new CopyOnWriteArrayList<>();

  private LoopbackKms(HttpServer server) {
    this.server = server;
  }

  public static LoopbackKms start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    LoopbackKms kms = new LoopbackKms(server);
    server.createContext("/", kms::answer);
    server.start();
    return kms;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** Makes a key, or another one in its place. */
  public void makeKey(String id) {
    byte[] key = new byte[KEY_BYTES];
    key[0] = (byte) keys.size();
    key[1] = 1;
    keys.put(id, new AesGcm(new SecretKeySpec(key, "AES")));
  }

  public void forgetKey(String id) {
    keys.remove(id);
  }

  /** The next answer is this status. */
  public void failOnce(int status) {
    faults.add(status);
  }

  /** The operations that were asked for. */
  public List<String> calls() {
    return new ArrayList<>(calls);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange call) throws IOException {
    String operation =
        call.getRequestHeaders().getFirst("X-Amz-Target").replace("TrentService.", "");
    calls.add(operation);
    JsonNode body = JSON.readTree(call.getRequestBody());
    String signed = String.valueOf(call.getRequestHeaders().getFirst("Authorization"));
    if (!faults.isEmpty()) {
      write(call, faults.remove(0), Map.of("__type", "KMSInternalException"));
    } else if (!signed.matches("AWS4-HMAC-SHA256 Credential=.*/kms/aws4_request, .*Signature=.*")) {
      write(call, 400, Map.of("__type", "MissingAuthenticationTokenException"));
    } else {
      run(call, operation, body);
    }
  }

  private void run(HttpExchange call, String operation, JsonNode body) throws IOException {
    String id = body.path("KeyId").asText();
    AesGcm key = keys.get(id);
    if (key == null) {
      write(call, 400, Map.of("__type", "com.amazonaws.kms#NotFoundException"));
      return;
    }
    byte[] context = body.path("EncryptionContext").toString().getBytes(StandardCharsets.UTF_8);
    try {
      boolean encrypts = operation.equals("Encrypt");
      byte[] given =
          Base64.getDecoder().decode(body.path(encrypts ? "Plaintext" : "CiphertextBlob").asText());
      String result =
          Base64.getEncoder()
              .encodeToString(encrypts ? key.seal(given, context) : key.open(given, context));
      write(call, 200, Map.of("KeyId", id, encrypts ? "CiphertextBlob" : "Plaintext", result));
    } catch (GeneralSecurityException another) {
      write(call, 400, Map.of("__type", "InvalidCiphertextException"));
    }
  }

  private static void write(HttpExchange call, int status, Map<String, String> body)
      throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    call.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    call.sendResponseHeaders(status, bytes.length);
    call.getResponseBody().write(bytes);
    call.close();
  }
}
