package io.towncrier.delivery.getui;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.delivery.getui.GetuiAnswers.Meaning;
import io.towncrier.delivery.getui.GetuiHttp.Outcome;
import io.towncrier.delivery.vendors.QuotaAnswer;
import io.towncrier.delivery.vendors.VendorQuota;
import io.towncrier.platform.ForgottenCase;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks what vendors let the app push today ({@code GET /report/push/count}). Getui wants it asked
 * seldom, and leaves vendors out that set no limit. Everything happens on one event loop.
 */
final class GetuiQuotas {
  private static final int MOST = 50;
  private static final String NAME = "[A-Za-z0-9_-]{1,32}";
  private static final String NUMBER = "\\d{1,18}";

  private final GetuiHttp http;
  private final GetuiTokens tokens;
  private final InstantSource clock;

  GetuiQuotas(GetuiHttp http, GetuiTokens tokens, InstantSource clock) {
    this.http = http;
    this.tokens = tokens;
    this.clock = clock;
  }

  Future<QuotaAnswer> ask() {
    return tokens.current().compose(ticket -> ask(ticket, false));
  }

  private Future<QuotaAnswer> ask(GetuiTokens.Ticket ticket, boolean renewed) {
    if (ticket instanceof GetuiTokens.None none) {
      return notTold(ResultCode.of(none.why()));
    } else if (ticket instanceof GetuiTokens.Pass pass) {
      GetuiHttp.Content question =
          GetuiHttp.Content.question("/v2/" + pass.appId() + "/report/push/count");
      return http.exchange(Optional.of(pass.token()), () -> Optional.of(question))
          .compose(outcome -> heard(pass, outcome, renewed));
    }
    throw new ForgottenCase(ticket);
  }

  private Future<QuotaAnswer> heard(GetuiTokens.Pass pass, Outcome outcome, boolean renewed) {
    if (outcome instanceof Outcome.NotWritten) {
      return notTold("UNREACHABLE");
    } else if (outcome instanceof Outcome.Lost lost) {
      return notTold(lost.code());
    } else if (outcome instanceof Outcome.Answered answered) {
      return answered(pass, answered, renewed);
    }
    throw new ForgottenCase(outcome);
  }

  private Future<QuotaAnswer> answered(
      GetuiTokens.Pass pass, Outcome.Answered answered, boolean renewed) {
    Meaning meaning = GetuiAnswers.of(answered.status(), answered.body(), clock.instant());
    if (meaning instanceof Meaning.Each) {
      return Future.succeededFuture(new QuotaAnswer.Told(read(answered.body())));
    } else if (meaning instanceof Meaning.OfAll all) {
      return notTold(ResultCode.of(all.result()));
    } else if (meaning instanceof Meaning.Parameter parameter) {
      return notTold(ResultCode.of(parameter.ofOne()));
    } else if (meaning instanceof Meaning.TooManyTokens tooMany) {
      tokens.pause();
      return notTold(ResultCode.of(tooMany.result()));
    } else if (meaning instanceof Meaning.BadToken) {
      return renewed
          ? notTold(GetuiAnswers.name(10001))
          : tokens.insteadOf(pass).compose(ticket -> ask(ticket, true));
    }
    throw new ForgottenCase(meaning);
  }

  private static Future<QuotaAnswer> notTold(String code) {
    return Future.succeededFuture(new QuotaAnswer.NotTold(code));
  }

  /**
   * The quotas of {@code {"<app>": {"<vendor>": {"total_num", "remain_num", "limit"}}}}; numbers
   * may be texts, and some are left out: pure.
   */
  static List<VendorQuota> read(Buffer body) {
    List<VendorQuota> quotas = new ArrayList<>();
    for (JsonNode app : GetuiAnswers.json(body).path("data")) {
      for (Map.Entry<String, JsonNode> vendor : app.properties()) {
        JsonNode told = vendor.getValue();
        if (quotas.size() < MOST && told.isObject() && vendor.getKey().matches(NAME)) {
          quotas.add(
              new VendorQuota(
                  vendor.getKey(),
                  number(told.path("total_num")),
                  number(told.path("remain_num")),
                  told.path("limit").asBoolean()));
        }
      }
    }
    return quotas;
  }

  private static Optional<Long> number(JsonNode node) {
    return Optional.of(node.asText("")).filter(text -> text.matches(NUMBER)).map(Long::valueOf);
  }
}
