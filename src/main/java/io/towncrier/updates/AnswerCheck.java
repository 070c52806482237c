package io.towncrier.updates;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.FieldError;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import io.towncrier.updates.snapshots.SnapshotSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;

/**
 * From facts as they arrive to a decision or a problem: the same for HTTP and direct invocation.
 */
@ApplicationScoped
public class AnswerCheck {
  private final CheckForUpdate check;

  AnswerCheck(CheckForUpdate check) {
    this.check = check;
  }

  /** Composed by hand, for where no container does it. */
  public static AnswerCheck from(
      SnapshotSource snapshots, CheckCounters counters, UpdatesConfig config, InstantSource clock) {
    return new AnswerCheck(
        new CheckForUpdate(new CurrentSnapshot(snapshots, config, clock), counters, config, clock));
  }

  /** As a check understands facts that were read: an unknown channel counts as not given. */
  public Uni<ClientFacts> understood(ClientFacts facts) {
    return check.understood(facts);
  }

  /** Fails with a problem when there is no version to read or the product is not known. */
  public Uni<CheckResult> run(String product, ReadFacts given) {
    InputReader input = new InputReader();
    ClientFacts facts = given.read(input);
    input.finish();
    return run(product, facts);
  }

  /** As above, for facts that were read before. */
  public Uni<CheckResult> run(String product, ClientFacts facts) {
    return check
        .run(product, facts)
        .map(
            outcome -> {
              if (outcome instanceof CheckForUpdate.Outcome.Decided decided) {
                return decided.decision();
              }
              throw unknownProduct().asException();
            });
  }

  public static Problem unknownProduct() {
    return ProblemCode.UNKNOWN_PRODUCT.with(
        "Ids are case-sensitive.", List.of(new FieldError("product", "is not a known product")));
  }
}
