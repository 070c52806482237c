package io.towncrier.testing;

import io.towncrier.testing.LoopbackFcm.Answer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Where installations of an app are deleted, as firebase-admin's FirebaseInstanceId calls it. */
public final class LoopbackInstallations {
  private static final Answer DELETED = new Answer(200, "{}", Map.of());

  private final String path;
  private final LoopbackTokens tokens;
  private final List<String> deletions = new CopyOnWriteArrayList<>();
  private volatile Function<String, Answer> behaviour = id -> DELETED;

  LoopbackInstallations(String project, LoopbackTokens tokens) {
    this.path = "/v1/project/" + project + "/instanceId/";
    this.tokens = tokens;
  }

  /** How it answers from now on, by the id. */
  public void behave(Function<String, Answer> next) {
    behaviour = next;
  }

  public void behaveAgain() {
    behaviour = id -> DELETED;
  }

  /** Ids that were to be deleted, each time. */
  public List<String> deletions() {
    return List.copyOf(deletions);
  }

  boolean isFor(HttpServerRequest request) {
    return request.path().startsWith(path);
  }

  Answer answer(HttpServerRequest request) {
    if (!tokens.isValid(request.getHeader("Authorization"))) {
      return Answer.error(401, "UNAUTHENTICATED");
    }
    if (request.method() != HttpMethod.DELETE) {
      return Answer.html(405);
    }
    String id = request.path().substring(path.length());
    deletions.add(id);
    return behaviour.apply(id);
  }
}
