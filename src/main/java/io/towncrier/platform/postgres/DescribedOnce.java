package io.towncrier.platform.postgres;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.vertx.core.AsyncResult;
import io.vertx.sqlclient.impl.PreparedStatement;
import io.vertx.sqlclient.impl.command.CommandResponse;
import io.vertx.sqlclient.impl.command.PrepareStatementCommand;
import java.util.Map;

/**
 * Spares the second round trip of a statement behind a pooler. There nothing stays prepared, so the
 * client has each statement described, and then sends it whole with its parameters. What the
 * database says of parameters and columns does not change while a process lives (docs/adr/0036).
 */
final class DescribedOnce extends ChannelDuplexHandler {
  private final Map<String, PreparedStatement> known;

  /**
   * Of one connection.
   *
   * @param known by the text of a statement; that of all connections of a pool
   */
  DescribedOnce(Map<String, PreparedStatement> known) {
    this.known = known;
  }

  @Override
  public void write(ChannelHandlerContext channel, Object message, ChannelPromise promise) {
    if (message instanceof PrepareStatementCommand asked && isUnnamed(asked)) {
      PreparedStatement described = known.get(asked.sql());
      if (described != null) {
        CommandResponse<PreparedStatement> answer = CommandResponse.success(described);
        answer.cmd = asked;
        channel.fireChannelRead(answer);
        return;
      }
    }
    var unused = channel.write(message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) {
    if (message instanceof CommandResponse<?> answer
        && answer.cmd instanceof PrepareStatementCommand asked
        && isUnnamed(asked)) {
      AsyncResult<?> result = answer.toAsyncResult();
      if (result.succeeded() && result.result() instanceof PreparedStatement described) {
        known.put(asked.sql(), described);
      }
    }
    channel.fireChannelRead(message);
  }

  /** One with a name is on that connection alone; one with types differs from the same without. */
  private static boolean isUnnamed(PrepareStatementCommand asked) {
    return !asked.isManaged() && asked.parameterTypes() == null;
  }
}
