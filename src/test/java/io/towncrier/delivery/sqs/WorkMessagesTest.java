package io.towncrier.delivery.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.delivery.sharding.Shard;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkMessagesTest {
  private static final String NOTICE = "ntc_0123456789abcdefghjkmnpqrs";

  @Test
  void whatWeWriteReadsAsItWas() {
    Shard shard = new Shard(NOTICE, 3, 7, Instant.parse("2026-05-01T12:00:00Z"));
    String message = WorkMessages.deliver(shard);
    assertThat(WorkMessages.read(message).flatMap(WorkMessages::deliver)).contains(shard);
    assertThat(WorkMessages.read(message).flatMap(WorkMessages::plan)).isEmpty();
    assertThat(WorkMessages.read(WorkMessages.plan(NOTICE)).flatMap(WorkMessages::plan))
        .contains(NOTICE);
  }

  @Test
  void aMessageTellsOfNoDeviceAndNoPreference() {
    String message = WorkMessages.deliver(new Shard(NOTICE, 1, 1, Instant.EPOCH));
    assertThat(message).doesNotContain("dev_").doesNotContain("push");
    assertThat(WorkMessages.read(message).orElseThrow().size()).isEqualTo(4);
  }

  @Test
  void aMessageThatAsksForNothingIsNeitherAPlanNorADelivery() {
    JsonNode message = WorkMessages.read("{\"awake\":true}").orElseThrow();
    assertThat(WorkMessages.isNothingToDo(message)).isTrue();
    assertThat(WorkMessages.plan(message)).isEmpty();
    assertThat(WorkMessages.deliver(message)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"awake\":false}",
        "{\"awake\":\"true\"}",
        "{\"awake\":1}",
        "{\"awake\":null}",
        "{\"awake\":true,\"plan\":\"ntc_0123456789abcdefghjkmnpqrs\"}",
        "{\"plan\":\"ntc_0123456789abcdefghjkmnpqrs\"}"
      })
  void whatAsksForSomethingElseIsNotTakenForNothing(String body) {
    assertThat(WorkMessages.read(body).filter(WorkMessages::isNothingToDo)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"plan\"",
        "{",
        "{\"plan\":null}",
        "{\"plan\":7}",
        "{\"plan\":\"dev_0123456789abcdefghjkmnpqrs\"}",
        "{\"deliver\":\"ntc_0123456789abcdefghjkmnpqrs\"}",
        "{\"deliver\":\"ntc_0123456789abcdefghjkmnpqrs\",\"shard\":0,\"of\":1,\"planned\":\"2026-05-01T12:00:00Z\"}",
        "{\"deliver\":\"ntc_0123456789abcdefghjkmnpqrs\",\"shard\":1,\"of\":2000000000,\"planned\":\"2026-05-01T12:00:00Z\"}",
        "{\"deliver\":\"ntc_0123456789abcdefghjkmnpqrs\",\"shard\":1,\"of\":1}"
      })
  void whatIsNotOursIsNothing(String body) {
    assertThat(WorkMessages.read(body).flatMap(WorkMessages::plan)).isEqualTo(Optional.empty());
    assertThat(WorkMessages.read(body).flatMap(WorkMessages::deliver)).isEqualTo(Optional.empty());
  }
}
