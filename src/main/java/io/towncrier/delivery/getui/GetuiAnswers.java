package io.towncrier.delivery.getui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.DeliveryResult.AddressGone;
import io.towncrier.delivery.DeliveryResult.NoticeRefused;
import io.towncrier.delivery.DeliveryResult.ProviderRefused;
import io.towncrier.delivery.DeliveryResult.QuotaExceeded;
import io.towncrier.delivery.DeliveryResult.TryLater;
import io.towncrier.delivery.vendors.VendorRules;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What an answer of Getui means, row by row (contract push-china): pure. */
final class GetuiAnswers {
  static final int OK = 200;
  static final int WRONG_DATA_CENTRE = 301;
  static final int BLACK_LISTED = 10002;
  static final int TOO_MANY_TOKENS = 10003;

  /** The answer names another host, which is never contacted: it decides where data go. */
  static final DeliveryResult ELSEWHERE = new ProviderRefused("WRONG_DATA_CENTRE");

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration BUSY = Duration.ofSeconds(10);
  private static final int LONGEST_MESSAGE = 100;

  private GetuiAnswers() {}

  static Meaning of(int status, Buffer body, Instant now) {
    JsonNode root = json(body);
    if (!root.path("code").isIntegralNumber()) {
      // A page of somebody else says nothing of the message; a path that is unknown is our fault.
      return ofAll(
          status == 404 || status == 405
              ? new ProviderRefused("HTTP_" + status)
              : new TryLater("HTTP_" + status, Optional.empty()));
    }
    int code = root.path("code").intValue();
    if (code == WRONG_DATA_CENTRE) {
      return ofAll(ELSEWHERE);
    }
    return switch (status) {
      case OK -> taken(code, root.path("data"));
      case 400 -> badRequest(code, root.path("msg").asText(""));
      case 401 -> unauthorized(code);
      case 403 -> ofAll(forbidden(code, now));
      case 404, 405 -> ofAll(new ProviderRefused("HTTP_" + status));
      default -> ofAll(new TryLater(name(code), Optional.empty()));
    };
  }

  private static Meaning taken(int code, JsonNode data) {
    return switch (code) {
      case 0 -> new Meaning.Each(results(data));
      case 1 -> ofAll(new NoticeRefused(name(code)));
      case 2 -> ofAll(new TryLater(name(code), Optional.empty(), false));
      default -> ofAll(new TryLater(name(code), Optional.empty()));
    };
  }

  /** {@code {"<task>": {"<cid>": "<status>"}}}; a batch has a task of each message. */
  private static Map<String, DeliveryResult> results(JsonNode data) {
    Map<String, DeliveryResult> results = new HashMap<>();
    data.fields()
        .forEachRemaining(
            task ->
                task.getValue()
                    .fields()
                    .forEachRemaining(
                        cid ->
                            results.put(
                                cid.getKey(), ofStatus(task.getKey(), cid.getValue().asText("")))));
    return results;
  }

  private static DeliveryResult ofStatus(String task, String status) {
    return switch (status) {
      case "successed_online", "successed_offline" -> new DeliveryResult.Accepted(task);
      case "successed_ignore" -> new DeliveryResult.AddressIdle("inactive");
      default -> UNKNOWN;
    };
  }

  /** What was not said of a message. */
  static final DeliveryResult UNKNOWN = new TryLater("UNKNOWN_STATUS", Optional.empty());

  private static Meaning badRequest(int code, String message) {
    if (code == 22001 || code == 22002 || code == 1) {
      return ofAll(new NoticeRefused(name(code)));
    }
    if (code != 20001) {
      return ofAll(new TryLater(name(code), Optional.empty()));
    }
    String said = message.toLowerCase(Locale.ROOT);
    if (said.contains("permission required")) {
      return ofAll(new ProviderRefused("GETUI_PERMISSION"));
    }
    // Of a batch it is not known whose fault it is.
    return new Meaning.Parameter(ofParameter(said, message));
  }

  private static DeliveryResult ofParameter(String said, String message) {
    if (said.contains("appid not match")) {
      return new AddressGone("APPID_MISMATCH");
    }
    if (said.contains("target user is invalid") || said.contains("cid is invalid")) {
      return new AddressGone("CID_INVALID");
    }
    if (said.contains("contains duplicate") || said.contains("cannot be repeat")) {
      return new TryLater("GETUI_DUPLICATE", Optional.empty());
    }
    return new NoticeRefused(name(20001) + shown(message));
  }

  // The operator has to see what Getui says, and nobody an address.
  private static String shown(String message) {
    String safe =
        message.replaceAll("[\\p{Cntrl}]", " ").replaceAll("[0-9A-Za-z]{16,}", "...").strip();
    return safe.isEmpty() ? "" : ": " + safe.substring(0, Math.min(LONGEST_MESSAGE, safe.length()));
  }

  private static Meaning unauthorized(int code) {
    return switch (code) {
      case 10001 -> new Meaning.BadToken();
      case BLACK_LISTED, 10004 -> ofAll(new ProviderRefused(name(code)));
      case TOO_MANY_TOKENS ->
          new Meaning.TooManyTokens(new TryLater(name(code), Optional.of(MINUTE), false));
      // A new token would change nothing.
      case 10005 -> ofAll(new QuotaExceeded(name(code), Optional.of(MINUTE)));
      default -> ofAll(new TryLater(name(code), Optional.empty()));
    };
  }

  private static DeliveryResult forbidden(int code, Instant now) {
    return switch (code) {
      case 30008, 30009 -> new QuotaExceeded(name(code), Optional.of(untilMidnight(now)));
      case 30015 -> new QuotaExceeded(name(code), Optional.of(MINUTE));
      case 30019 -> new TryLater(name(code), Optional.of(BUSY), false);
      default ->
          code / 100 == 300
              ? new ProviderRefused(name(code))
              : new TryLater(name(code), Optional.empty());
    };
  }

  // Day quotas begin anew at midnight; of which zone is not documented.
  private static Duration untilMidnight(Instant now) {
    ZonedDateTime there = now.atZone(VendorRules.ZONE);
    return Duration.between(there, there.toLocalDate().plusDays(1).atStartOfDay(VendorRules.ZONE));
  }

  static String name(int code) {
    return "GETUI_" + code;
  }

  /** What is no JSON has no members. */
  static JsonNode json(Buffer body) {
    try {
      JsonNode root = JSON.readTree(body.getBytes());
      return root == null ? MissingNode.getInstance() : root;
    } catch (IOException noJson) {
      return MissingNode.getInstance();
    }
  }

  private static Meaning ofAll(DeliveryResult result) {
    return new Meaning.OfAll(result);
  }

  /** Of a request with one message or many. */
  sealed interface Meaning {
    /** The same for all. */
    record OfAll(DeliveryResult result) implements Meaning {}

    /** By address; of those that are not named nothing is known. */
    record Each(Map<String, DeliveryResult> results) implements Meaning {}

    /** Something in the request is wrong: of one message that is its result. */
    record Parameter(DeliveryResult ofOne) implements Meaning {}

    /** The token is not valid. */
    record BadToken() implements Meaning {}

    /** Too many tokens were fetched: none is for a while. */
    record TooManyTokens(DeliveryResult result) implements Meaning {}
  }
}
