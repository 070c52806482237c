package io.towncrier.devices.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.towncrier.devices.DeviceStore;
import io.towncrier.devices.DevicesConfig;
import io.towncrier.testing.Api;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.Configs;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When it is written that a device was seen: at once where a process may be frozen. */
@QuarkusTest
@TestProfile(ByHand.class)
class NoteSeenIT {
  private static final LocalDate LATER = LocalDate.parse("2099-01-01");

  @Inject DeviceStore store;

  @Test
  void aFunctionHasWrittenItBeforeItsCheckIsAnswered() throws Throwable {
    Api.importSample();
    Api.Registered phone = Api.phone("en");
    note(noteSeen(false), phone);
    assertThat(lastSeen(phone)).isEqualTo(LATER);
  }

  @Test
  void aServerGathersAndWritesTheOldDayWhenTheNewOneBegins() throws Throwable {
    Api.importSample();
    Api.Registered phone = Api.phone("en");
    Api.Registered next = Api.phone("en");
    NoteSeen gathered = noteSeen(true);
    LocalDate before = lastSeen(phone);
    note(gathered, phone);
    assertThat(lastSeen(phone)).isEqualTo(before);
    VertxContextSupport.subscribeAndAwait(() -> gathered.note(next.id(), LATER.plusDays(1)));
    assertThat(lastSeen(phone)).isEqualTo(LATER);
    VertxContextSupport.subscribeAndAwait(gathered::write);
    assertThat(lastSeen(next)).isEqualTo(LATER.plusDays(1));
  }

  private static void note(NoteSeen seen, Api.Registered phone) throws Throwable {
    VertxContextSupport.subscribeAndAwait(() -> seen.note(phone.id(), LATER));
  }

  private NoteSeen noteSeen(boolean gathers) {
    return new NoteSeen(
        store,
        Configs.of(
            DevicesConfig.class,
            Map.of("towncrier.devices.gather-seen", Boolean.toString(gathers))));
  }

  private LocalDate lastSeen(Api.Registered phone) throws Throwable {
    return VertxContextSupport.subscribeAndAwait(() -> store.find(phone.id()))
        .orElseThrow()
        .lastSeen();
  }
}
