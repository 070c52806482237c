package io.towncrier.platform.postgres;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.impl.command.CommandResponse;
import io.vertx.sqlclient.impl.command.PrepareStatementCommand;
import io.vertx.sqlclient.impl.command.QueryCommandBase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which a statement has met no answer for too long: its database stands
 * still, or nothing between us carries packets any more. The statement then fails as one whose
 * connection was lost.
 */
final class AnswerDeadline extends ChannelDuplexHandler {
  /** What a statement begins with that may take long, such as one over all devices. */
  static final String LONG = "/* long */";

  private final Duration usual;
  private final Duration longest;
  private final Deque<Duration> awaited = new ArrayDeque<>();
  private @Nullable ScheduledFuture<?> timer;

  AnswerDeadline(Duration usual, Duration longest) {
    this.usual = usual;
    this.longest = longest;
  }

  @Override
  public void write(ChannelHandlerContext channel, Object message, ChannelPromise promise) {
    if (message instanceof CommandBase<?> command) {
      awaited.add(isLong(command) ? longest : usual);
      if (awaited.size() == 1) {
        start(channel);
      }
    }
    var unused = channel.write(message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) {
    if (message instanceof CommandResponse<?>) {
      awaited.poll();
      stop();
      if (!awaited.isEmpty()) {
        start(channel);
      }
    }
    channel.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) {
    stop();
    channel.fireChannelInactive();
  }

  private void start(ChannelHandlerContext channel) {
    timer =
        channel
            .executor()
            .schedule(
                () -> {
                  var unused = channel.close();
                },
                awaited.element().toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void stop() {
    ScheduledFuture<?> running = timer;
    if (running != null) {
      running.cancel(false);
      timer = null;
    }
  }

  private static boolean isLong(CommandBase<?> command) {
    return (command instanceof QueryCommandBase<?> query && query.sql().startsWith(LONG))
        || (command instanceof PrepareStatementCommand prepared && prepared.sql().startsWith(LONG));
  }
}
