package io.towncrier.artifacts;

import io.smallrye.mutiny.Uni;
import io.towncrier.artifacts.ArtifactHome.HomeFailure;
import io.towncrier.platform.Offload;
import io.towncrier.platform.ProblemCode;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Asks a home, on a thread that answers nobody. */
final class Homes {
  private static final Logger LOG = Logger.getLogger(Homes.class);

  private Homes() {}

  /** What cannot be used at present is a problem that a caller can wait for. */
  static <T> Uni<T> ask(Supplier<T> work) {
    return Offload.run(work).onFailure(HomeFailure.class).transform(Homes::told);
  }

  /** The same for work without a result. */
  static Uni<Void> tell(Runnable work) {
    return ask(() -> {
          work.run();
          return Boolean.TRUE;
        })
        .replaceWithVoid();
  }

  static RuntimeException told(Throwable failure) {
    LOG.warnf("the home of artifacts cannot be used: %s", failure.getCause());
    return ProblemCode.ARTIFACTS_UNAVAILABLE
        .with("The log says why. What was uploaded is kept; go on when it is mended.")
        .asException();
  }
}
