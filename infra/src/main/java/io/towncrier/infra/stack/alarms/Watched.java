package io.towncrier.infra.stack.alarms;

import io.towncrier.infra.stack.Functions;
import io.towncrier.infra.stack.Queues;
import io.towncrier.infra.stack.data.Database;
import io.towncrier.infra.stack.edge.FrontDoor;

/** What alarms and the dashboard of a cell look at. */
public record Watched(Functions functions, Queues queues, Database database, FrontDoor door) {}
