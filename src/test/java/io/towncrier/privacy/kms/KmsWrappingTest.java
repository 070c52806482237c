package io.towncrier.privacy.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.GivenConfig;
import io.towncrier.platform.aws.AwsClients;
import io.towncrier.platform.aws.AwsConfig;
import io.towncrier.platform.aws.SignedJson;
import io.towncrier.privacy.keys.Wrapping.Unwrapped;
import io.towncrier.testing.LoopbackKms;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KmsWrappingTest {
  private static final String KEY = "arn:aws:kms:eu-central-1:1:key/one";
  private static final String NEXT = "arn:aws:kms:eu-central-1:1:key/two";
  private static final byte[] MATERIAL = {1, 2, 3};

  private LoopbackKms kms;
  private KmsWrapping wrapping;

  @BeforeEach
  void start() throws IOException {
    System.setProperty("aws.region", "eu-central-1");
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    kms = LoopbackKms.start();
    kms.makeKey(KEY);
    kms.makeKey(NEXT);
    wrapping = with(KEY);
  }

  @AfterEach
  void stop() {
    kms.close();
    System.clearProperty("aws.region");
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void whatKmsHasWrappedItUnwrapsUnderTheKeyThatWrapped() {
    byte[] wrapped = wrapping.wrap(MATERIAL, 2);

    assertThat(wrapped).isNotEqualTo(MATERIAL);
    assertThat(wrapping.name()).isEqualTo("kms:" + KEY);
    assertThat(wrapping.knows("kms:" + NEXT)).isTrue();
    assertThat(wrapping.knows("master-key:00")).isFalse();
    assertThat(material(with(NEXT).unwrap(wrapped, 2, wrapping.name()))).isEqualTo(MATERIAL);
    assertThat(kms.calls()).containsExactly("Encrypt", "Decrypt");
  }

  @Test
  void noVersionOpensInThePlaceOfAnother() {
    byte[] wrapped = wrapping.wrap(MATERIAL, 2);
    assertThat(because(wrapping.unwrap(wrapped, 3, wrapping.name())))
        .contains("version 3 of the keys", KEY, "InvalidCiphertextException");
  }

  @Test
  void aKeyThatIsGoneIsRefusedAndNamed() {
    byte[] wrapped = wrapping.wrap(MATERIAL, 2);
    kms.forgetKey(KEY);
    assertThat(because(wrapping.unwrap(wrapped, 2, wrapping.name())))
        .contains(KEY, "NotFoundException", "kms:Decrypt");
    assertThatThrownBy(() -> wrapping.wrap(MATERIAL, 2)).hasMessageContaining("NotFoundException");
  }

  @Test
  void aServiceAtFaultIsAskedAgainAndSaysNothingOfTheKey() {
    byte[] wrapped = wrapping.wrap(MATERIAL, 2);
    kms.failOnce(500);
    assertThat(material(wrapping.unwrap(wrapped, 2, wrapping.name()))).isEqualTo(MATERIAL);

    for (int i = 0; i < 3; i++) {
      kms.failOnce(500);
    }
    assertThatThrownBy(() -> wrapping.unwrap(wrapped, 2, wrapping.name()))
        .hasMessageContaining("kms is at fault");
    kms.failOnce(400);
    assertThatThrownBy(() -> wrapping.unwrap(wrapped, 2, wrapping.name()))
        .hasMessageContaining("KMS cannot be asked");
  }

  private KmsWrapping with(String key) {
    AwsConfig config = new Loopback(kms.endpoint());
    return new KmsWrapping(
        new SignedJson(new AwsClients(config), config),
        GivenConfig.in(Path.of("target")).withKmsKey(key));
  }

  private static byte[] material(Unwrapped unwrapped) {
    return ((Unwrapped.Material) unwrapped).bytes();
  }

  private static String because(Unwrapped unwrapped) {
    return ((Unwrapped.Refused) unwrapped).because();
  }

  private record Loopback(URI uri) implements AwsConfig, AwsConfig.Endpoints {
    @Override
    public Endpoints endpoint() {
      return this;
    }

    @Override
    public Duration requestTimeout() {
      return Duration.ofSeconds(5);
    }

    @Override
    public Optional<URI> s3() {
      return Optional.empty();
    }

    @Override
    public Optional<URI> sqs() {
      return Optional.empty();
    }

    @Override
    public Optional<URI> secretsmanager() {
      return Optional.empty();
    }

    @Override
    public Optional<URI> kms() {
      return Optional.of(uri);
    }

    @Override
    public Optional<URI> events() {
      return Optional.empty();
    }
  }
}
