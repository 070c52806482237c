package io.towncrier.platform.rest.edge;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.rest.ProblemAnswers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Holds back what reaches the data of devices, people and operators, as long as these must not be
 * touched. Update checks, pages, health and documentation need none of them, and go on.
 */
@Singleton
public final class DataGate {
  private static final Logger LOG = Logger.getLogger(DataGate.class);
  private static final String API = "/v1/";
  private static final List<String> FREE = List.of("/v1/products/", "/v1/about");

  // What is no part of our own API and reaches data: hawkBit's DDI, and the console's sign-in.
  private static final String DDI = "/controller/v1/";
  private static final String SIGN_IN = "/console/session";
  private static final String RETRY_AFTER_SECONDS = "10";

  private final ProblemAnswers answers;

  DataGate(ProblemAnswers answers) {
    this.answers = answers;
  }

  /**
   * Lets a request go on or refuses it.
   *
   * @param isOpen asks nobody
   * @param refusal asked while it is not open: why the request has to come again, if it has to. A
   *     failure refuses, too
   */
  public void pass(
      RoutingContext request, BooleanSupplier isOpen, Supplier<Uni<Optional<Problem>>> refusal) {
    if (isOpen.getAsBoolean() || isFree(request.normalizedPath())) {
      request.next();
      return;
    }
    // Meanwhile the request is paused: Quarkus lets it go on when somebody reads its body.
    refusal
        .get()
        .subscribe()
        .with(
            because -> because.ifPresentOrElse(told -> refuse(request, told), request::next),
            failure -> refuse(request, problemOf(failure)));
  }

  /** What reaches no data. An unknown path of the API does: nothing is free by a typing error. */
  static boolean isFree(String path) {
    return path.startsWith(API)
        ? FREE.stream().anyMatch(path::startsWith)
        : !path.contains(DDI) && !path.equals(SIGN_IN);
  }

  private static Problem problemOf(Throwable failure) {
    if (failure instanceof ProblemException told) {
      return told.problem();
    }
    LOG.warnf("whether data may be touched cannot be asked: %s", failure);
    return ProblemCode.DATABASE_UNAVAILABLE.with(
        "Update checks go on. Send the request again later.");
  }

  private void refuse(RoutingContext request, Problem because) {
    request.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    answers.end(request, because);
  }
}
