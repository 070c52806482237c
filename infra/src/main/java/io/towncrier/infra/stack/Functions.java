package io.towncrier.infra.stack;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.data.Network;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** The functions, and the alias by which everything calls them. */
public final class Functions {
  /**
   * The next tick may begin while one is at work. It is also the fewest that SQS can be held to: a
   * tick that is throttled would count as tried, and a tick is tried once.
   */
  static final int TICKS_AT_ONCE = 2;

  /** Kept for ticks, with one for the call that a new version is judged by ({@link Rehearsal}). */
  static final int TICKS_KEPT = TICKS_AT_ONCE + 1;

  /** At this memory a function has one whole core (AWS Lambda Developer Guide, memory). */
  private static final int MEGABYTES_OF_A_CORE = 1769;

  private final Construct scope;
  private final Cell cell;
  private final Network network;
  private final Map<Work, Function> functions = new EnumMap<>(Work.class);
  private final Map<Work, Alias> aliases = new EnumMap<>(Work.class);

  Functions(
      CellStack stack,
      Cell cell,
      Network network,
      Roles roles,
      Environment environment,
      Code code) {
    this.scope = new Construct(stack, "Functions");
    this.cell = cell;
    this.network = network;
    for (Work work : Work.values()) {
      functions.put(work, function(work, roles, environment, code));
    }
    for (Work work : Work.LIVE) {
      aliases.put(work, alias(work));
    }
    Stacks.output(scope, "MigrateFunction", of(Work.MIGRATE).getFunctionName());
    Stacks.output(scope, "CheckAlias", live(Work.CHECK).getFunctionArn());
  }

  Function of(Work work) {
    return Objects.requireNonNull(functions.get(work));
  }

  public Alias live(Work work) {
    return Objects.requireNonNull(aliases.get(work));
  }

  private Function function(Work work, Roles roles, Environment environment, Code code) {
    LogGroup log = roles.log(work);
    Function.Builder function =
        Function.Builder.create(scope, Ids.of(work))
            // Part of a version: another date, or build, makes new ones, which read the secrets.
            .description(
                "Towncrier %s: %s, secrets of %s, build %s"
                    .formatted(
                        cell.name(),
                        work.named(),
                        cell.secretsTurnedOver(),
                        cell.functions().build()))
            // So that the alias can go back to the version before, after its deployment too. One
            // whose deployment fails goes with it: Lambda would make no second one of its content.
            .currentVersionOptions(
                VersionOptions.builder()
                    .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                    .build())
            .runtime(Runtime.JAVA_21)
            .architecture(architecture(cell))
            .code(code)
            .handler(work.handler())
            .memorySize(megabytes(work))
            .timeout(Duration.seconds(work.seconds()))
            .environment(environment.of(work))
            .role(roles.role(work, log))
            .logGroup(log);
    if (cell.functions().snapStart() && work.isLive()) {
      function.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
    }
    if (work.usesDatabase()) {
      place(work, function);
    }
    Integer kept = kept(work);
    if (kept != null) {
      function.reservedConcurrentExecutions(kept);
    }
    return function.build();
  }

  static Architecture architecture(Cell cell) {
    return cell.functions().architecture().equals("arm64")
        ? Architecture.ARM_64
        : Architecture.X86_64;
  }

  // AWS IoT waits two seconds for an answer, in which a copy may have to start.
  private int megabytes(Work work) {
    return work == Work.CHECK && cell.checksByMqtt() ? MEGABYTES_OF_A_CORE : work.megabytes();
  }

  private @Nullable Integer kept(Work work) {
    return switch (work) {
      case API -> cell.functions().apiAtOnce();
      case CHECK -> cell.functions().checkAtOnce();
      case TICK -> Integer.valueOf(TICKS_KEPT);
      case PLAN, DELIVER, MIGRATE -> null;
    };
  }

  private void place(Work work, Function.Builder function) {
    function
        .vpc(network.vpc())
        .vpcSubnets(work.callsOutside() ? network.calling() : network.inside())
        .securityGroups(List.of(work.callsOutside() ? network.ofCalling() : network.ofInside()));
  }

  private Alias alias(Work work) {
    return Alias.Builder.create(scope, Ids.of(work) + "Live")
        .aliasName("live")
        .version(of(work).getCurrentVersion())
        .build();
  }
}
