package io.towncrier.installation.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.installation.Outside;
import io.towncrier.installation.Outside.Sent;
import io.towncrier.installation.Outside.Testimony;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.aws.AwsClients;
import io.towncrier.platform.aws.AwsConfig;
import io.towncrier.testing.Configs;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackS3;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The witness against S3 itself: S3Mock, which knows conditional writes. */
@Tag("zip")
class S3WitnessIT {
  private static final Instant NOON = Instant.parse("2027-01-01T12:00:00Z");

  private final String object = "installation/witness-" + UUID.randomUUID();
  private LoopbackS3 s3;
  private S3Client client;

  @BeforeEach
  void start() throws Exception {
    s3 = LoopbackCell.shared().s3();
    client = client(s3.endpoint());
  }

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void itSaysWhatItWasTold() {
    Outside witness = witness();
    assertThat(witness.witness()).isEmpty();
    assertThat(witness.marker()).isEmpty();
    Testimony told = new Testimony(7, NOON, List.of(new Sent("ntc_1", 7), new Sent("ntc_2", 0)));
    witness.tell(told);
    assertThat(witness().witness()).as("to everybody").contains(told);
    witness.tell(new Testimony(8, NOON.plusSeconds(60), List.of()));
    assertThat(witness.witness()).contains(new Testimony(8, NOON.plusSeconds(60), List.of()));
  }

  @Test
  void whatIsAheadIsNotWrittenOver() {
    Outside witness = witness();
    witness.tell(new Testimony(8, NOON, List.of()));
    witness.tell(new Testimony(7, NOON, List.of()));
    assertThat(witness.witness().orElseThrow().mark()).isEqualTo(8);
  }

  @Test
  void theHighestMarkStaysOfSeveralWrittenSideBySide() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int mark : new int[] {3, 1, 4, 2}) {
      all.add(
          CompletableFuture.runAsync(
              () -> witness().tell(new Testimony(mark, NOON, List.of())), threads));
    }
    for (CompletableFuture<Void> one : all) {
      one.get();
    }
    threads.shutdown();
    assertThat(witness().witness().orElseThrow().mark()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "7 noon", "garbage 2027-01-01T12:00:00Z"})
  void oneThatIsGarbledSaysNothingAndIsWrittenAnew(String content) throws Exception {
    s3.put(object, content.getBytes(StandardCharsets.UTF_8));
    assertThat(witness().witness()).isEmpty();
    witness().tell(new Testimony(1, NOON, List.of()));
    assertThat(witness().witness().orElseThrow().mark()).isEqualTo(1);
  }

  @Test
  void withoutABucketThereIsNone() {
    Outside none = new S3Witness(clients(client), Configs.of(TowncrierConfig.class, Map.of()));
    none.tell(new Testimony(1, NOON, List.of()));
    assertThat(none.witness()).isEmpty();
  }

  @Test
  void whereS3IsAwayNothingIsSaidInItsPlace() {
    try (S3Client nowhere = client(URI.create("http://127.0.0.1:1"))) {
      assertThatThrownBy(() -> witness(nowhere).witness()).isInstanceOf(RuntimeException.class);
    }
  }

  private Outside witness() {
    return witness(client);
  }

  private Outside witness(S3Client with) {
    return new S3Witness(
        clients(with),
        Configs.of(
            TowncrierConfig.class,
            Map.of(
                "towncrier.witness-bucket",
                LoopbackS3.BUCKET,
                "towncrier.witness-object",
                object)));
  }

  private static AwsClients clients(S3Client client) {
    return new AwsClients(Configs.of(AwsConfig.class, Map.of())) {
      @Override
      public S3Client s3() {
        return client;
      }
    };
  }

  private static S3Client client(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
