package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that get in each other's way. */
@QuarkusTest
@Tag("zoneless")
class ConcurrencyIT {
  private final ExecutorService clients = Executors.newFixedThreadPool(16);

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @AfterEach
  void stop() {
    clients.shutdownNow();
  }

  @Test
  void phonesThatSwapTheirAddressesAreBothAnswered() throws Exception {
    Api.Registered a = Api.phone("en");
    Api.Registered b = Api.phone("en");
    String x = "x-" + UUID.randomUUID();
    String y = "y-" + UUID.randomUUID();
    for (int round = 0; round < 40; round++) {
      boolean even = round % 2 == 0;
      assertThat(together(List.of(() -> push(a, even ? x : y), () -> push(b, even ? y : x))))
          .containsOnly(204);
    }
  }

  @Test
  void aNoticeStartsOnceWhileAddressesMove() throws Exception {
    List<Api.Registered> phones = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      phones.add(Api.phone("mt"));
    }
    for (int round = 0; round < 5; round++) {
      String notice = Api.draft(Api.operator(), "T", Map.of("languages", List.of("mt")));
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < phones.size(); i++) {
        Api.Registered phone = phones.get((i + round) % phones.size());
        String address = "rotating-" + i;
        calls.add(() -> push(phone, address));
        calls.add(() -> alerts(phone, "{\"push\":false}"));
      }
      List<Callable<Integer>> starts =
          Collections.nCopies(
              4, () -> Api.operator().post("/v1/admin/notices/" + notice + "/start").statusCode());
      calls.addAll(starts);
      List<Integer> answers = together(calls);
      assertThat(answers).allMatch(status -> status < 500);
      assertThat(answers.subList(answers.size() - 4, answers.size()))
          .containsExactlyInAnyOrder(200, 409, 409, 409);
    }
  }

  @Test
  void ofManyChangesToTheSameVersionOneCounts() throws Exception {
    Api.Registered phone = Api.phone("en");
    List<Callable<Integer>> changes = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String hours = "{\"from\":\"22:%02d\",\"to\":\"07:00\"}".formatted(i);
      changes.add(() -> alerts(phone, "{\"quietHours\":" + hours + ",\"revision\":0}"));
    }
    List<Integer> answers = together(changes);
    assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
    assertThat(answers).filteredOn(status -> status == 409).hasSize(15);
  }

  private List<Integer> together(List<Callable<Integer>> calls) throws Exception {
    List<Integer> answers = new ArrayList<>();
    for (Future<Integer> answer : clients.invokeAll(calls)) {
      answers.add(answer.get());
    }
    return answers;
  }

  private static int push(Api.Registered phone, String address) {
    return phone.prove(address).statusCode();
  }

  private static int alerts(Api.Registered phone, String body) {
    return phone.as().body(body).put(phone.path("/notification-alerts")).statusCode();
  }
}
