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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

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

  /**
   * Another tick writes between a look and the write that follows from it. S3 refuses such a write;
   * the mock's look at the condition and its write are two steps, so threads would race in the
   * mock.
   */
  @ParameterizedTest
  @CsvSource({"4, 4", "2, 3"})
  void theHighestMarkStaysOfTwoWrittenSideBySide(long other, long stays) {
    witness().tell(new Testimony(1, NOON, List.of()));
    theHighestMarkStays(other, stays);
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "2, 3"})
  void theHighestMarkStaysOfTwoFirstOnes(long other, long stays) {
    theHighestMarkStays(other, stays);
  }

  private void theHighestMarkStays(long other, long stays) {
    Runnable write = () -> witness().tell(new Testimony(other, NOON, List.of()));
    AtomicInteger writes = new AtomicInteger();
    try (S3Client slow =
        client(
            s3.endpoint(),
            () -> {
              if (writes.incrementAndGet() == 1) {
                write.run();
              }
            })) {
      witness(slow).tell(new Testimony(3, NOON, List.of()));
    }
    assertThat(witness().witness().orElseThrow().mark()).isEqualTo(stays);
    assertThat(writes).as("tries to write").hasValue(other > 3 ? 1 : 2);
  }

  @Test
  void writersWhoAreAlwaysFasterAreAFailure() {
    AtomicInteger mark = new AtomicInteger();
    Runnable write = () -> witness().tell(new Testimony(mark.incrementAndGet(), NOON, List.of()));
    try (S3Client slow = client(s3.endpoint(), write)) {
      Outside witness = witness(slow);
      assertThatThrownBy(() -> witness.tell(new Testimony(30, NOON, List.of())))
          .hasMessageContaining("all the time");
    }
    assertThat(witness().witness().orElseThrow().mark()).isEqualTo(mark.get());
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
    return client(endpoint, () -> {});
  }

  /** A client that lets something happen before each write. */
  private static S3Client client(URI endpoint, Runnable beforeWrites) {
    ExecutionInterceptor interceptor =
        new ExecutionInterceptor() {
          @Override
          public void beforeTransmission(
              Context.BeforeTransmission context, ExecutionAttributes attributes) {
            if (context.request() instanceof PutObjectRequest) {
              beforeWrites.run();
            }
          }
        };
    return S3Client.builder()
        .overrideConfiguration(o -> o.addExecutionInterceptor(interceptor))
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
