package io.towncrier.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.impl.ParamDesc;
import io.vertx.sqlclient.impl.PreparedStatement;
import io.vertx.sqlclient.impl.RowDesc;
import io.vertx.sqlclient.impl.TupleInternal;
import io.vertx.sqlclient.impl.command.CommandResponse;
import io.vertx.sqlclient.impl.command.PrepareStatementCommand;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Which questions of the client reach PostgreSQL, where nothing stays prepared. */
class DescribedOnceTest {
  private record Described(String sql) implements PreparedStatement {
    @Override
    public ParamDesc paramDesc() {
      throw new UnsupportedOperationException();
    }

    @Override
    public RowDesc rowDesc() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String prepare(TupleInternal values) {
      throw new UnsupportedOperationException();
    }
  }

  private final Map<String, PreparedStatement> known = new ConcurrentHashMap<>();
  private final EmbeddedChannel one = new EmbeddedChannel(new DescribedOnce(known));
  private final EmbeddedChannel other = new EmbeddedChannel(new DescribedOnce(known));

  @Test
  void aStatementIsDescribedOnceForAllConnections() {
    PrepareStatementCommand first = ask(one, "SELECT 1", false);
    assertThat(one.<Object>readOutbound()).isSameAs(first);
    answer(one, first, CommandResponse.success(new Described("SELECT 1")));

    PrepareStatementCommand again = ask(other, "SELECT 1", false);
    assertThat(other.<Object>readOutbound()).isNull();
    CommandResponse<?> told = other.readInbound();
    assertThat(told.cmd).isSameAs(again);
    assertThat(told.toAsyncResult().result()).isEqualTo(new Described("SELECT 1"));

    PrepareStatementCommand unknown = ask(one, "SELECT 2", false);
    assertThat(one.<Object>readOutbound()).isSameAs(unknown);
  }

  @Test
  void aFailureIsNotKept() {
    answer(one, ask(one, "SELECT nothing", false), CommandResponse.failure("no such column"));
    assertThat(one.<Object>readOutbound()).isNotNull();
    PrepareStatementCommand again = ask(one, "SELECT nothing", false);
    assertThat(one.<Object>readOutbound()).isSameAs(again);
  }

  @Test
  void whatHasANameOrTypesIsAskedEachTime() {
    known.put("SELECT 1", new Described("SELECT 1"));
    PrepareStatementCommand named = ask(one, "SELECT 1", true);
    assertThat(one.<Object>readOutbound()).isSameAs(named);
    PrepareStatementCommand typed =
        new PrepareStatementCommand("SELECT 1", new PrepareOptions(), false, List.of(Long.class));
    one.writeOutbound(typed);
    assertThat(one.<Object>readOutbound()).isSameAs(typed);
  }

  private static PrepareStatementCommand ask(EmbeddedChannel channel, String sql, boolean named) {
    PrepareStatementCommand asked = new PrepareStatementCommand(sql, new PrepareOptions(), named);
    channel.writeOutbound(asked);
    return asked;
  }

  private static void answer(
      EmbeddedChannel channel,
      PrepareStatementCommand asked,
      CommandResponse<PreparedStatement> answer) {
    answer.cmd = asked;
    channel.writeInbound(answer);
    assertThat(channel.<Object>readInbound()).isSameAs(answer);
  }
}
