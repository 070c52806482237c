package io.towncrier.infra.stack;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.alarms.Alarms;
import io.towncrier.infra.stack.alarms.CellDashboard;
import io.towncrier.infra.stack.alarms.CheckTopic;
import io.towncrier.infra.stack.alarms.ErrorBudget;
import io.towncrier.infra.stack.alarms.Reminder;
import io.towncrier.infra.stack.alarms.Topic;
import io.towncrier.infra.stack.alarms.Watched;
import io.towncrier.infra.stack.data.Buckets;
import io.towncrier.infra.stack.data.Data;
import io.towncrier.infra.stack.data.Database;
import io.towncrier.infra.stack.data.DatabaseProxy;
import io.towncrier.infra.stack.data.Keys;
import io.towncrier.infra.stack.data.Network;
import io.towncrier.infra.stack.data.Secrets;
import io.towncrier.infra.stack.edge.Edge;
import io.towncrier.infra.stack.edge.FrontDoor;
import java.util.List;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.TagProps;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/** Everything that one cell has in its region. */
public final class CellStack extends Stack {
  /**
   * @param code the Lambda package, the same for all functions
   */
  public CellStack(Construct scope, Cell cell, Code code) {
    super(scope, "towncrier-" + cell.name(), Stacks.in(cell, cell.region()));
    tag(this, cell);
    Keys keys = new Keys(this, cell);
    Logs logs = new Logs(this, cell, keys);
    Network network = new Network(this, cell, logs);
    Secrets secrets = new Secrets(this, cell, keys);
    Database database = new Database(this, cell, keys, network, logs);
    DatabaseProxy proxy = new DatabaseProxy(this, cell, database, network, logs);
    Queues queues = new Queues(this, cell, keys);
    Buckets buckets = new Buckets(this, cell, keys);
    Environment environment =
        new Environment(cell, proxy, queues, buckets, secrets, keys.arn(Data.WRAPPING));
    Permissions permissions = new Permissions(this, keys, proxy, queues, buckets, secrets);
    Functions functions =
        new Functions(this, cell, network, new Roles(this, logs, permissions), environment, code);
    Feeding.of(this, cell, functions, queues);
    new TickSchedule(this, cell, keys, queues);
    new Awake(this, cell, keys, queues, functions);
    FrontDoor door = new FrontDoor(this, cell, functions, logs);
    if (cell.checksByMqtt()) {
      new CheckTopic(this, cell, keys, functions, queues);
    }
    if (cell.edge() != null) {
      new Edge(this, cell, cell.edge(), door, buckets, secrets);
    }
    Topic topic = new Topic(this, cell, keys);
    new Reminder(this, cell, keys, topic, queues);
    Watched watched = new Watched(functions, queues, database, door);
    Alarms alarms = new Alarms(this, cell, topic, watched);
    ErrorBudget budget = new ErrorBudget(this, topic, functions, door);
    new CellDashboard(this, cell, watched, budget);
    new Canary(this, cell, functions, alarms, logs);
  }

  public static void tag(Stack stack, Cell cell) {
    // Event source mappings take no tags in China.
    TagProps where =
        TagProps.builder()
            .excludeResourceTypes(
                cell.inChina() ? List.of("AWS::Lambda::EventSourceMapping") : List.of())
            .build();
    Tags.of(stack).add("towncrier:cell", cell.name(), where);
  }

  /** The ARN of something of this cell, in whatever partition it is. */
  public String arn(String service, String resource) {
    return formatArn(
        ArnComponents.builder()
            .service(service)
            .resource(resource)
            .arnFormat(ArnFormat.NO_RESOURCE_NAME)
            .build());
  }

  /** A service of this region as conditions of keys name it. */
  public String endpoint(String service) {
    return service + "." + getRegion() + "." + suffix();
  }

  public String suffix() {
    return Aws.URL_SUFFIX;
  }
}
