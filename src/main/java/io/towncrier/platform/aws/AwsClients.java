package io.towncrier.platform.aws;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Clients of AWS, each made at its first use: a function pays for what it calls, and a snapshot of
 * it holds no connection and no credentials. They block: not for an event loop.
 */
@ApplicationScoped
public class AwsClients {
  private final AwsConfig config;
  private final Once<SdkHttpClient> http;
  private final Once<S3Client> s3;
  private final Once<S3Presigner> presigner;
  private final Once<SqsClient> sqs;
  private final Once<SecretsManagerClient> secrets;

  public AwsClients(AwsConfig config) {
    this.config = config;
    this.http = new Once<>(this::newHttp);
    this.s3 =
        new Once<>(
            () ->
                with(S3Client.builder(), config.endpoint().s3())
                    // Loopback names resolve for no bucket.
                    .forcePathStyle(config.endpoint().s3().isPresent())
                    .build());
    this.presigner = new Once<>(this::newPresigner);
    this.sqs = new Once<>(() -> with(SqsClient.builder(), config.endpoint().sqs()).build());
    this.secrets =
        new Once<>(
            () -> with(SecretsManagerClient.builder(), config.endpoint().secretsmanager()).build());
  }

  public S3Client s3() {
    return s3.get();
  }

  /** Signs requests to S3 that others send. */
  public S3Presigner presigner() {
    return presigner.get();
  }

  public SqsClient sqs() {
    return sqs.get();
  }

  /** What all of them call with. */
  SdkHttpClient http() {
    return http.get();
  }

  SecretsManagerClient secrets() {
    return secrets.get();
  }

  private <
          B extends
              AwsSyncClientBuilder<B, ?>
                  & software.amazon.awssdk.awscore.client.builder.AwsClientBuilder<B, ?>>
      B with(B builder, Optional<URI> endpoint) {
    endpoint.ifPresent(builder::endpointOverride);
    return builder
        .httpClient(http.get())
        .overrideConfiguration(
            c ->
                c.apiCallAttemptTimeout(config.requestTimeout())
                    .apiCallTimeout(config.requestTimeout().multipliedBy(3))
                    .retryStrategy(RetryMode.STANDARD));
  }

  private S3Presigner newPresigner() {
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .serviceConfiguration(
                S3Configuration.builder()
                    .pathStyleAccessEnabled(config.endpoint().s3().isPresent())
                    .build());
    config.endpoint().s3().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private SdkHttpClient newHttp() {
    Duration timeout = config.requestTimeout();
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(timeout)
        .socketTimeout(timeout)
        .build();
  }

  private static final class Once<T> {
    private final Supplier<T> maker;
    private @Nullable T made;

    Once(Supplier<T> maker) {
      this.maker = maker;
    }

    synchronized T get() {
      T known = made;
      if (known == null) {
        known = maker.get();
        made = known;
      }
      return known;
    }
  }
}
