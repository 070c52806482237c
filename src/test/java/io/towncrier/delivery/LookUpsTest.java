package io.towncrier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.fcm.FcmProviders;
import io.towncrier.delivery.getui.GetuiProviders;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.residency.Residencies;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.preferences.Category;
import io.towncrier.privacy.Sealed;
import io.towncrier.testing.LoopbackDns;
import io.towncrier.testing.LoopbackFcm;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names a cell asks for, both providers having credentials in it. */
class LookUpsTest {
  private static final String DEVICE = "dev_0123456789abcdefghjkmnpqrs";
  private static final String CID = "e605a0db5ce3cca9b76b012978064940";

  private final LoopbackFcm fcm = new LoopbackFcm();
  private final LoopbackDns dns = LoopbackDns.start();
  private Vertx vertx;
  @TempDir Path directory;

  @BeforeEach
  void start() {
    fcm.start();
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setAddressResolverOptions(
                    new AddressResolverOptions()
                        .setServers(List.of("127.0.0.1:" + dns.port()))
                        .setSearchDomains(List.of())
                        .setQueryTimeout(500)
                        .setMaxQueries(2)));
  }

  @AfterEach
  void stop() {
    dns.close();
    fcm.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @ParameterizedTest
  @CsvSource({
    "getui, restapi.getui.com, 0",
    "fcm, fcm.googleapis.com, 1",
    "none, , 0",
  })
  void aCellAsksForTheHostOfTheProviderThatItAllowsAndForNoOther(
      String allowed, String host, int googlesTokens) throws IOException {
    PushProviders providers = providers(allowed);
    assertThat(providers.description()).isNotEmpty();
    providers.senders().forEach(PushProvider::account);
    providers.senders().forEach(PushProvider::defect);
    assertThat(dns.asked()).as("before anything is sent").isEmpty();
    for (PushAddress.Kind kind : PushAddress.Kind.values()) {
      providers
          .reaching(kind.provider())
          .send(to(kind), Lease.startingNow(Duration.ofSeconds(45), InstantSource.system()))
          .await()
          .atMost(Duration.ofSeconds(15));
    }
    if (host == null) {
      assertThat(dns.asked()).isEmpty();
    } else {
      assertThat(dns.asked()).containsExactly(host);
    }
    assertThat(fcm.tokensFetched()).isEqualTo(googlesTokens);
  }

  @Test
  void aCellThatAllowsBothAsksForBoth() throws IOException {
    assertThat(providers("fcm,getui").senders()).hasSize(2);
  }

  private PushProviders providers(String allowed) throws IOException {
    Path account = directory.resolve("getui.json");
    Files.writeString(account, "{\"appId\":\"a\",\"appKey\":\"b\",\"masterSecret\":\"c\"}");
    PushProvider ofFcm =
        FcmProviders.of(
            Map.of(
                "towncrier.fcm.credentials",
                fcm.credentials().toString(),
                "towncrier.fcm.request-timeout",
                "4s"),
            vertx);
    PushProvider ofGetui =
        GetuiProviders.of(
            Map.of(
                "towncrier.getui.credentials",
                account.toString(),
                "towncrier.getui.request-timeout",
                "4s"),
            vertx);
    return new PushProviders(
        () -> Stream.of(ofFcm, ofGetui), null, null, null, Residencies.allowing(allowed));
  }

  private static PushMessage to(PushAddress.Kind kind) {
    return new PushMessage(
        "ntc_1",
        DEVICE,
        new PushAddress(
            kind.provider(),
            kind,
            new Sealed(CID.getBytes(StandardCharsets.UTF_8)),
            PushAddress.placeOf(DEVICE)),
        new LocalizedText.Picked("en", new LocalizedText.Text("T", "B")),
        Duration.ofHours(1),
        false,
        new PushMessage.Handling(Category.ANNOUNCEMENT, Instant.EPOCH, false),
        PushMessage.Attempt.FIRST);
  }
}
