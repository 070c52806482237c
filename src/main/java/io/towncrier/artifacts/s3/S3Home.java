package io.towncrier.artifacts.s3;

import io.towncrier.artifacts.ArtifactHome;
import io.towncrier.artifacts.ArtifactName;
import io.towncrier.artifacts.ArtifactsConfig;
import io.towncrier.artifacts.HostedArtifact;
import io.towncrier.artifacts.Parts;
import io.towncrier.artifacts.Sums;
import io.towncrier.platform.aws.AwsClients;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.presigner.model.PresignedUploadPartRequest;

/**
 * Artifacts in a bucket. Clients send parts to S3 itself, each under a URL that is signed for the
 * SHA-256 that was announced. The object has its final key from the start; the CDN may read it only
 * when it has the tag of what is published.
 */
@ApplicationScoped
class S3Home implements ArtifactHome {
  private static final Duration URL_LIFE = Duration.ofHours(1);
  // S3 signs for seven days at most (S3 User Guide, "Presigned URLs").
  private static final Duration LONGEST_LIFE = Duration.ofDays(7);

  private final ArtifactBucket bucket;
  private final AwsClients aws;
  private final ArtifactsConfig config;
  private final InstantSource clock;

  S3Home(AwsClients aws, ArtifactsConfig config, InstantSource clock) {
    this.aws = aws;
    this.config = config;
    this.clock = clock;
    this.bucket = new ArtifactBucket(aws, config);
  }

  @Override
  public String begin(ArtifactName name) {
    return bucket.begin(key(name));
  }

  @Override
  public void abandon(ArtifactName name, String upload) {
    bucket.abort(key(name), upload);
  }

  @Override
  public Set<Integer> parts(HostedArtifact upload) {
    return bucket.parts(key(upload.name()), upload.home().orElseThrow()).stream()
        .map(part -> part.partNumber())
        .collect(Collectors.toSet());
  }

  @Override
  public PartTarget target(HostedArtifact upload, int number) {
    String sum = sum(upload, number);
    PresignedUploadPartRequest signed =
        aws.presigner()
            .presignUploadPart(
                p ->
                    p.signatureDuration(URL_LIFE)
                        .uploadPartRequest(
                            r ->
                                r.bucket(name())
                                    .key(key(upload.name()))
                                    .uploadId(upload.home().orElseThrow())
                                    .partNumber(number)
                                    .contentLength(Parts.bytes(upload.size(), number))
                                    .checksumSHA256(sum)));
    Map<String, String> headers = new TreeMap<>();
    signed
        .signedHeaders()
        .forEach(
            (header, values) -> {
              // Clients send these by themselves.
              if (!header.equalsIgnoreCase("host") && !header.equalsIgnoreCase("content-length")) {
                headers.put(header, String.join(",", values));
              }
            });
    return new PartTarget(signed.url().toString(), headers);
  }

  @Override
  public Optional<String> partsElsewhere() {
    URL any = aws.s3().utilities().getUrl(r -> r.bucket(name()).key("any"));
    return Optional.of(any.getProtocol() + "://" + any.getAuthority());
  }

  @Override
  public PartOutcome receive(HostedArtifact upload, int number, InputStream bytes) {
    return PartOutcome.ELSEWHERE;
  }

  @Override
  public Optional<Sums> assemble(HostedArtifact upload, BooleanSupplier hasTime) {
    bucket.complete(key(upload.name()), upload.home().orElseThrow(), number -> sum(upload, number));
    return bucket.read(key(upload.name()), hasTime);
  }

  @Override
  public void keep(HostedArtifact verified) {
    // It has its key already, and no tag.
  }

  @Override
  public void publish(ArtifactName name) {
    bucket.publish(key(name));
  }

  @Override
  public void forget(HostedArtifact artifact) {
    artifact.home().ifPresent(upload -> bucket.abort(key(artifact.name()), upload));
    bucket.delete(key(artifact.name()));
  }

  @Override
  public Link link(ArtifactName name, Instant until) {
    Duration left = Duration.between(clock.instant(), until);
    Duration life = left.compareTo(LONGEST_LIFE) > 0 ? LONGEST_LIFE : left;
    return new Link.Elsewhere(
        URI.create(
            aws.presigner()
                .presignGetObject(
                    p ->
                        p.signatureDuration(life)
                            .getObjectRequest(
                                r ->
                                    r.bucket(name())
                                        .key(key(name))
                                        .responseCacheControl(ArtifactName.NOT_KEPT)))
                .url()
                .toString()));
  }

  /** As it was announced; S3 has compared it with the part. */
  private static String sum(HostedArtifact upload, int number) {
    return Base64.getEncoder()
        .encodeToString(HexFormat.of().parseHex(upload.partSums().get(number - 1)));
  }

  private String name() {
    return config.bucket().orElseThrow();
  }

  /** As the CDN looks it up: the path without its first slash. */
  static String key(ArtifactName name) {
    return name.path().substring(1);
  }
}
