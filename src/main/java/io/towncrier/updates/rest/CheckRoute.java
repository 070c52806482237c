package io.towncrier.updates.rest;

import io.towncrier.platform.InputReader;
import io.towncrier.platform.rest.RouteName;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.updates.CheckForUpdate;
import io.towncrier.updates.CheckForUpdate.Outcome;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.FactsQuery;
import io.towncrier.updates.UpdatesConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The short way of the anonymous check: what can be answered at once is, before Quarkus REST looks
 * at it. Everything else, each refusal among it, goes on to {@link UpdateResource}, which answers
 * the same facts with the same bytes (docs/adr/0013).
 */
@ApplicationScoped
class CheckRoute {
  private static final CharSequence JSON =
      HttpHeaders.createOptimized(AnswerForm.JSON.contentType());
  private static final CharSequence PLAIN =
      HttpHeaders.createOptimized(AnswerForm.PLAIN.contentType());

  // In this case: behind API Gateway a body whose "Content-Type" is not found is taken for binary.
  private static final CharSequence TYPE_NAME = HttpHeaders.createOptimized("Content-Type");
  private static final CharSequence TAG_NAME = HttpHeaders.createOptimized("ETag");
  private static final CharSequence CACHE_NAME = HttpHeaders.createOptimized("Cache-Control");

  // What is read as a shared cache does not read it, that cache would give to others.
  static final String NEVER_KEPT = "no-store";
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized(NEVER_KEPT);

  // By how a path begins: a route with a parameter in it would read the whole query for it.
  static final String BEGINS = "/v1/products/";
  // As metrics name it; in either form it is the same check.
  static final String PATH = BEGINS + "{product}/update";

  // Before who calls is looked into: a check is anonymous, whatever credential it comes with.
  static final int EARLY = -100_000;

  private final CheckForUpdate check;
  private final AnswerWriter answers;
  private final CharSequence cacheControl;

  CheckRoute(CheckForUpdate check, AnswerWriter answers, UpdatesConfig config) {
    this.check = check;
    this.answers = answers;
    this.cacheControl = HttpHeaders.createOptimized(cacheControl(config));
  }

  static String cacheControl(UpdatesConfig config) {
    return "max-age=" + config.cacheMaxAge().toSeconds() + ", public";
  }

  void register(@Observes Router router) {
    router.route(HttpMethod.GET, BEGINS + "*").order(EARLY).handler(this::answer);
  }

  private void answer(RoutingContext request) {
    String path = request.normalizedPath();
    AnswerForm form = path.endsWith(AnswerForm.PLAIN.ends()) ? AnswerForm.PLAIN : AnswerForm.JSON;
    Optional<String> product = product(path, form);
    String known = request.request().getHeader(HttpHeaders.IF_NONE_MATCH);
    if (product.isEmpty() || isUncommon(known) || isOneOfMany(known, request)) {
      request.next();
      return;
    }
    FactsQuery asked = FactsQuery.of(request.request().query());
    Optional<CheckResult> decision = decision(product.get(), asked);
    if (decision.isEmpty()) {
      request.next();
      return;
    }
    request.put(RouteName.OF_REQUEST, PATH);
    String tag = form.tag(decision.get());
    HttpServerResponse response =
        request
            .response()
            .putHeader(TAG_NAME, tag)
            .putHeader(CACHE_NAME, asked.isPlain() ? cacheControl : NO_STORE);
    if (tag.equals(known)) {
      response.setStatusCode(304).end();
    } else {
      response
          .putHeader(TYPE_NAME, form == AnswerForm.JSON ? JSON : PLAIN)
          .end(Buffer.buffer(answers.body(decision.get(), form)));
    }
  }

  /** Empty when the path is another one, or written in an unusual way. */
  private static Optional<String> product(String path, AnswerForm form) {
    int end = path.length() - form.ends().length();
    if (end <= BEGINS.length() || !path.endsWith(form.ends())) {
      return Optional.empty();
    }
    String product = path.substring(BEGINS.length(), end);
    return product.indexOf('/') < 0 && product.indexOf('%') < 0 && product.indexOf(';') < 0
        ? Optional.of(product)
        : Optional.empty();
  }

  private Optional<CheckResult> decision(String product, FactsQuery asked) {
    InputReader input = new InputReader();
    ClientFacts facts = asked.facts().read(input);
    if (input.errorCount() > 0) {
      return Optional.empty();
    }
    Outcome outcome = check.ifReady(product, facts).orElse(null);
    return outcome instanceof Outcome.Decided decided
        ? Optional.of(decided.decision())
        : Optional.empty();
  }

  /** Tags in several lines, as a list arrives behind API Gateway: they are one list. */
  private static boolean isOneOfMany(@Nullable String known, RoutingContext request) {
    return known != null
        && request.request().headers().getAll(HttpHeaders.IF_NONE_MATCH).size() > 1;
  }

  /** A list of tags, a weak one, or any: seldom enough for the long way. */
  private static boolean isUncommon(@Nullable String known) {
    return known != null
        && (known.indexOf(',') >= 0 || known.startsWith("W/") || known.equals("*"));
  }
}
