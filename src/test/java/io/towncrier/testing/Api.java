package io.towncrier.testing;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** What a client does, over HTTP. */
public final class Api {
  private static volatile Supplier<String> operator = () -> TestPostgres.OPERATOR_TOKEN;

  private Api() {}

  /** From now on operators show this; where there is OIDC, the local token counts for nothing. */
  public static void operatorsShow(Supplier<String> credential) {
    operator = credential;
  }

  public static RequestSpecification anonymous() {
    return given().contentType(ContentType.JSON);
  }

  public static RequestSpecification as(String credential) {
    return anonymous().header("Authorization", "Bearer " + credential);
  }

  public static RequestSpecification operator() {
    return as(operator.get()).header("Towncrier-Reason", "a test asks");
  }

  public static String sampleCatalogue() {
    try (InputStream in = Api.class.getResourceAsStream("/sample-catalogue.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public static void importSample() {
    operator().body(sampleCatalogue()).post("/v1/admin/catalogue").then().statusCode(200);
  }

  /** Registers a phone of the sample catalogue. */
  public static Registered phone(String language) {
    return register(Map.of("language", language));
  }

  /** As phone, with what is given in place of what it says of itself, or beside it. */
  public static Registered register(Map<String, String> given) {
    Map<String, String> body =
        new HashMap<>(
            Map.of(
                "kind", "phone",
                "product", "router-app-android",
                "version", "3.0.1",
                "country", "DE",
                "timezone", "Europe/Berlin",
                "language", "en"));
    body.putAll(given);
    // Behind a proxy each comes from a source of its own, and no limit is theirs together.
    JsonNode made =
        PlainHttp.created(
            PlainHttp.to("/v1/devices").header("X-Forwarded-For", someSource()), body);
    return new Registered(made.path("deviceId").asText(), made.path("secret").asText());
  }

  private static String someSource() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "198.18." + random.nextInt(256) + "." + random.nextInt(256);
  }

  /** Writes and starts an announcement to the products of an audience. */
  public static String announce(String title, Map<String, ?> audience) {
    String id = draft(operator(), title, audience);
    operator().post("/v1/admin/notices/" + id + "/start").then().statusCode(200);
    return id;
  }

  /** The JSON of an announcement in English and German. */
  public static Map<String, Object> announcement(String title, Map<String, ?> audience) {
    return Map.of(
        "kind",
        "announcement",
        "defaultLanguage",
        "en",
        "texts",
        Map.of(
            "en", Map.of("title", title, "body", "Body"),
            "de", Map.of("title", title + " de", "body", "Inhalt")),
        "audience",
        audience);
  }

  /** Writes an announcement and leaves it a draft. */
  public static String draft(RequestSpecification operator, String title, Map<String, ?> audience) {
    return operator
        .body(announcement(title, audience))
        .post("/v1/admin/notices")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** A device and its credential. */
  public record Registered(String id, String secret) {
    public RequestSpecification as() {
      return Api.as(secret);
    }

    public String path(String below) {
      return "/v1/devices/" + id + below;
    }

    /** Brings a push address, as the app does when its provider gives it one. */
    public Response propose(String address) {
      return propose("fcm", "token", address);
    }

    public Response propose(String provider, String kind, String address) {
      return as().body(Map.of("provider", provider, "kind", kind, "value", address))
          .put(path("/push-address"));
    }

    public Response echo(String challenge) {
      return as().body(Map.of("challenge", challenge)).post(path("/push-address/confirm"));
    }

    /** Brings an address and proves it, as the phone at this address can; the last answer. */
    public Response prove(String address) {
      Response proposed = propose(address);
      if (proposed.statusCode() != 202) {
        return proposed;
      }
      List<String> pushed = LoopbackFcm.running().challengesTo(address);
      return echo(pushed.get(pushed.size() - 1));
    }

    /** As prove, and it must work. */
    public void pushTo(String address) {
      prove(address).then().statusCode(204);
    }
  }
}
