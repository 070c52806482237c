package io.towncrier.platform.contract;

import io.quarkus.smallrye.openapi.OpenApiFilter.RunStage;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiRecorder;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the OpenAPI document when it is first asked for. Quarkus reads it at each start, and writes
 * it anew as JSON and as YAML: a fifth of what a start costs, for what most processes never answer
 * (docs/adr/0040). It is the document of the build, byte by byte: nothing filters it here.
 */
@ApplicationScoped
public class LateContract {
  private static final String PATH = "/q/openapi";
  private static final String DOCUMENT = "<default>";
  private static final int BEFORE_ITS_ROUTE = -1;

  private static volatile boolean putOff;

  LateContract() {}

  /** Has to be called before Quarkus begins: it finds no document then. */
  public static void putOff() {
    OpenApiConstants.classLoader = new WithoutDocument(LateContract.class.getClassLoader());
    putOff = true;
  }

  void register(@Observes Router router) {
    if (putOff) {
      router.routeWithRegex(PATH + ".*").order(BEFORE_ITS_ROUTE).handler(LateContract::first);
    }
  }

  private static void first(RoutingContext request) {
    if (!putOff) {
      request.next();
      return;
    }
    request
        .vertx()
        .executeBlocking(
            () -> {
              read();
              return PATH;
            })
        .onSuccess(path -> request.next())
        .onFailure(request::fail);
  }

  // The recorder looks the bean up that answers; of its own settings it needs none for this.
  @SuppressWarnings("NullAway")
  private static synchronized void read() {
    if (putOff) {
      OpenApiConstants.classLoader = LateContract.class.getClassLoader();
      Map<RunStage, List<String>> noFilters =
          Arrays.stream(RunStage.values()).collect(Collectors.toMap(s -> s, s -> List.of()));
      new OpenApiRecorder(null, null).prepareDocument(null, noFilters, DOCUMENT);
      putOff = false;
    }
  }

  /** Finds everything but the document that the build has written. */
  private static final class WithoutDocument extends ClassLoader {
    WithoutDocument(ClassLoader all) {
      super(all);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      return name.startsWith(OpenApiConstants.BASE_NAME) ? null : super.getResourceAsStream(name);
    }
  }
}
