package io.towncrier.devices;

import static io.towncrier.releases.targeting.SampleFacts.installed;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Known device ids with the secrets of other devices, against the real store. */
@QuarkusTest
@Tag("zoneless")
class ForeignSecretsIT {
  // A hundred thousand is a proof of a minute: see bench/README.md.
  private static final int REPLAYS = Integer.getInteger("foreign.replays", 10_000);

  /** Enough that no pair comes twice. */
  private static final int DEVICES = (int) Math.ceil(Math.sqrt(REPLAYS)) + 4;

  private static final int THREADS = 12;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final DeviceSecrets secrets;
  private final RegisterDevice register;

  ForeignSecretsIT(DeviceSecrets secrets, RegisterDevice register) {
    this.secrets = secrets;
    this.register = register;
  }

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void ofThousandsOfReplaysNoneSucceeds() throws Exception {
    List<RegisterDevice.Registered> devices = new ArrayList<>();
    for (int i = 0; i < DEVICES; i++) {
      devices.add(register());
    }
    assertThat(successes(DEVICES, devices, 0)).as("with their own secrets").isEqualTo(DEVICES);
    assertThat(REPLAYS / DEVICES).as("distances, none of them a round").isLessThan(DEVICES);
    assertThat(successes(REPLAYS, devices, 1)).as("with those of others").isZero();
  }

  /** Pairs the n-th device with a secret that is further away with every round, from a distance. */
  private int successes(int tries, List<RegisterDevice.Registered> devices, int distance)
      throws Exception {
    List<Callable<Integer>> shares = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int first = t;
      shares.add(
          () -> {
            int proved = 0;
            for (int n = first; n < tries; n += THREADS) {
              RegisterDevice.Registered device = devices.get(n % DEVICES);
              RegisterDevice.Registered other = devices.get((n + distance + n / DEVICES) % DEVICES);
              proved += belongTogether(device, other) ? 1 : 0;
            }
            return proved;
          });
    }
    int proved = 0;
    for (Future<Integer> share : threads.invokeAll(shares)) {
      proved += share.get();
    }
    return proved;
  }

  private boolean belongTogether(
      RegisterDevice.Registered device, RegisterDevice.Registered other) {
    return secrets
        .belongTogether(device.deviceId(), other.secret())
        .await()
        .atMost(Duration.ofSeconds(30));
  }

  private RegisterDevice.Registered register() {
    return register
        .run(
            new RegisterDevice.Application(
                Device.Kind.PHONE,
                "router-app-android",
                installed("3.0.1").in("DE").at("Europe/Berlin").speaking("de").build(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()))
        .await()
        .atMost(Duration.ofSeconds(30));
  }
}
