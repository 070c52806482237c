package io.towncrier.artifacts.files;

import io.towncrier.artifacts.ArtifactName;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.rest.EntityTags;
import io.towncrier.platform.rest.ProblemAnswers;
import io.towncrier.platform.rest.RouteName;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Serves published artifacts to everybody, and others to those who have a link. A range costs no
 * statement, no line of log and no memory: the system sends the file.
 */
@ApplicationScoped
class DownloadRoute {
  /** As metrics name it. */
  static final String PATH = ArtifactName.SERVED_BELOW + "{sha256}/{name}";

  // As the check: before who calls is looked into.
  private static final int EARLY = -100_000;
  private static final int PARTIAL = 206;
  private static final int NOT_MODIFIED = 304;
  private static final int UNSATISFIABLE = 416;

  private final FolderHome home;
  private final ProblemAnswers problems;
  private final InstantSource clock;

  DownloadRoute(FolderHome home, ProblemAnswers problems, InstantSource clock) {
    this.home = home;
    this.problems = problems;
    this.clock = clock;
  }

  void register(@Observes Router router) {
    router
        .route(ArtifactName.SERVED_BELOW + "*")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .order(EARLY)
        .handler(this::serve);
  }

  private void serve(RoutingContext context) {
    context.put(RouteName.OF_REQUEST, PATH);
    Optional<Found> found =
        ArtifactName.ofPath(context.request().path()).flatMap(name -> find(name, context));
    if (found.isPresent()) {
      answer(context, found.get());
    } else {
      problems.end(context, ProblemCode.NOT_FOUND.with("No artifact is served here."));
    }
  }

  /** Empty when there is no such file for this caller. */
  private Optional<Found> find(ArtifactName name, RoutingContext context) {
    Optional<Found> open = sized(name, home.published(name), ArtifactName.KEPT);
    if (open.isPresent() || context.request().query() == null) {
      return open;
    }
    HttpServerRequest request = context.request();
    return home.links()
            .isGood(
                name,
                request.getParam(LinkKey.EXPIRES),
                request.getParam(LinkKey.SIGNATURE),
                clock.instant())
        ? sized(name, home.verified(name), ArtifactName.NOT_KEPT)
        : Optional.empty();
  }

  private static Optional<Found> sized(ArtifactName name, Path file, String kept) {
    try {
      return Optional.of(new Found(name, file, Files.size(file), kept));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private void answer(RoutingContext context, Found found) {
    HttpServerRequest request = context.request();
    HttpServerResponse response =
        request
            .response()
            .putHeader(HttpHeaders.ETAG, found.tag())
            .putHeader(HttpHeaders.CACHE_CONTROL, found.kept())
            .putHeader("Accept-Ranges", "bytes");
    String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    if (EntityTags.names(known, found.tag())) {
      response.setStatusCode(NOT_MODIFIED).end();
      return;
    }
    ByteRange range =
        isSame(request, found)
            ? ByteRange.of(request.getHeader("Range"), found.size())
            : new ByteRange.Whole();
    if (range instanceof ByteRange.Unsatisfiable) {
      response
          .putHeader("Content-Range", "bytes */" + found.size())
          .setStatusCode(UNSATISFIABLE)
          .end();
    } else if (range instanceof ByteRange.Part part) {
      response.setStatusCode(PARTIAL).putHeader("Content-Range", part.of(found.size()));
      send(request, found, part);
    } else if (range instanceof ByteRange.Whole) {
      send(request, found, new ByteRange.Part(0, found.size()));
    } else {
      throw new ForgottenCase(range);
    }
  }

  /**
   * What stands in If-Range is the file's tag, or the range is of another file (RFC 9110 13.1.5).
   */
  private static boolean isSame(HttpServerRequest request, Found found) {
    String condition = request.getHeader("If-Range");
    return condition == null || condition.equals(found.tag());
  }

  private static void send(HttpServerRequest request, Found found, ByteRange.Part part) {
    HttpServerResponse response =
        request
            .response()
            .putHeader(HttpHeaders.CONTENT_TYPE, ArtifactName.MEDIA_TYPE)
            .putHeader("Content-Disposition", "attachment; filename=\"" + found.name().file() + '"')
            .putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(part.length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      // A client that goes away is nothing to be told.
      response.sendFile(found.file().toString(), part.first(), part.length());
    }
  }

  /** A file that this caller is served. */
  private record Found(ArtifactName name, Path file, long size, String kept) {
    /** Strong: the bytes behind it never change. */
    String tag() {
      return '"' + name.sha256() + '"';
    }
  }
}
