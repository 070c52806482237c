package io.towncrier.artifacts;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The bytes of an image, and what an operator does with them. */
public final class UploadedImage {
  public static final String ARTIFACTS = "/v1/admin/artifacts";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final String name;
  private final byte[] bytes;
  private final String sha256;

  public UploadedImage(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes.clone();
    this.sha256 = sum(bytes);
  }

  /** Bytes that no other image has. */
  public static UploadedImage random(String name, int size) {
    byte[] bytes = new byte[size];
    new Random().nextBytes(bytes);
    return new UploadedImage(name, bytes);
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public String sha256() {
    return sha256;
  }

  /** Where it is served. */
  public String path() {
    return "/artifacts/" + sha256() + "/" + name;
  }

  public int count() {
    return Parts.count(bytes.length);
  }

  public byte[] part(int number) {
    int from = (int) Parts.offset(number);
    return Arrays.copyOfRange(bytes, from, from + (int) Parts.bytes(bytes.length, number));
  }

  /** What is said of it before it is sent. */
  public Map<String, Object> announcement() {
    List<String> parts = new ArrayList<>();
    for (int number = 1; number <= count(); number++) {
      parts.add(sum(part(number)));
    }
    return new HashMap<>(
        Map.of("name", name, "size", bytes.length, "sha256", sha256(), "parts", parts));
  }

  public String start() {
    return Api.operator()
        .body(announcement())
        .post(ARTIFACTS)
        .then()
        .statusCode(201)
        .extract()
        .path("artifact.id");
  }

  /** Sends a part to the path that the upload names. */
  public ValidatableResponse put(String id, int number, byte[] body) {
    return Api.operator()
        .contentType(ContentType.BINARY)
        .body(body)
        .put(ARTIFACTS + "/" + id + "/parts/" + number)
        .then();
  }

  /** As put, by a client that can send megabytes; the status. */
  public int sent(String id, int number) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(
                      "http://127.0.0.1:"
                          + RestAssured.port
                          + ARTIFACTS
                          + "/"
                          + id
                          + "/parts/"
                          + number))
              .header("Authorization", "Bearer " + TestPostgres.OPERATOR_TOKEN)
              .PUT(HttpRequest.BodyPublishers.ofByteArray(part(number)))
              .build();
      return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  public static ValidatableResponse complete(String id) {
    return Api.operator().post(ARTIFACTS + "/" + id + "/complete").then();
  }

  public static ValidatableResponse shown(String id) {
    return Api.operator().get(ARTIFACTS + "/" + id).then();
  }

  /** All of it, but the verifying. */
  public String upload() {
    String id = start();
    for (int number = 1; number <= count(); number++) {
      put(id, number, part(number)).statusCode(204);
    }
    complete(id).statusCode(202);
    return id;
  }

  private static String sum(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
