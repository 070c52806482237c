package io.towncrier.artifacts.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.artifacts.ArtifactHome;
import io.towncrier.artifacts.ArtifactHomeContract;
import io.towncrier.artifacts.ArtifactName;
import io.towncrier.artifacts.ArtifactsConfig;
import io.towncrier.artifacts.HostedArtifact;
import io.towncrier.platform.aws.AwsClients;
import io.towncrier.platform.aws.AwsConfig;
import io.towncrier.testing.Configs;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackS3;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3Mock is there in the Lambda build. */
@Tag("zip")
class S3HomeIT extends ArtifactHomeContract {
  // Where the SDK looks, as in a function's environment.
  private static final Map<String, String> AS_IN_LAMBDA =
      Map.of(
          "aws.region", "eu-central-1", "aws.accessKeyId", "test", "aws.secretAccessKey", "test");

  private final AwsClients aws;
  private final S3Home home;

  S3HomeIT() throws IOException {
    this.aws =
        new AwsClients(
            Configs.of(
                AwsConfig.class,
                Map.of(
                    "towncrier.aws.endpoint.s3",
                    LoopbackCell.shared().s3().endpoint().toString())));
    this.home =
        new S3Home(
            aws,
            Configs.of(
                ArtifactsConfig.class, Map.of("towncrier.artifacts.bucket", LoopbackS3.BUCKET)),
            Clock.systemUTC());
  }

  @BeforeAll
  static void set() {
    AS_IN_LAMBDA.forEach(System::setProperty);
  }

  @AfterAll
  static void unset() {
    AS_IN_LAMBDA.keySet().forEach(System::clearProperty);
  }

  @Override
  protected ArtifactHome home() {
    return home;
  }

  /** As the policy of the bucket lets the CDN read: what has the tag. */
  @Override
  protected Optional<byte[]> served(ArtifactName name) {
    boolean tagged =
        aws.s3()
            .getObjectTagging(r -> r.bucket(LoopbackS3.BUCKET).key(S3Home.key(name)))
            .tagSet()
            .contains(ArtifactBucket.PUBLISHED);
    return tagged
        ? Optional.of(
            aws.s3()
                .getObjectAsBytes(r -> r.bucket(LoopbackS3.BUCKET).key(S3Home.key(name)))
                .asByteArray())
        : Optional.empty();
  }

  @Override
  protected boolean isGone(HostedArtifact artifact) {
    boolean noUpload =
        aws.s3().listMultipartUploads(r -> r.bucket(LoopbackS3.BUCKET)).uploads().stream()
            .noneMatch(upload -> upload.key().equals(S3Home.key(artifact.name())));
    try {
      aws.s3().headObject(r -> r.bucket(LoopbackS3.BUCKET).key(S3Home.key(artifact.name())));
      return false;
    } catch (S3Exception none) {
      return noUpload && none.statusCode() == 404;
    }
  }

  @Test
  void theSumOfAPartIsSignedIntoItsUrl() {
    HostedArtifact upload =
        new HostedArtifact(
            "art_x",
            new ArtifactName("a".repeat(64), "r1.img"),
            10,
            java.util.List.of("ab".repeat(32)),
            HostedArtifact.State.UPLOADING,
            Optional.of("upload-1"),
            Optional.empty(),
            new HostedArtifact.Times(
                Instant.now(), Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.empty());
    ArtifactHome.PartTarget target = home.target(upload, 1);
    // The one origin that the page of uploads may call beside its own.
    assertThat(target.url()).startsWith(home.partsElsewhere().orElseThrow() + "/");
    assertThat(target.headers())
        .containsOnly(
            Map.entry("x-amz-checksum-sha256", "q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s="));
    assertThat(target.url()).contains("partNumber=1", "uploadId=upload-1", "X-Amz-Signature=");
  }

  @Test
  void aLinkToWhatIsNotPublishedIsSignedForAWhile() throws Exception {
    ArtifactName name = new ArtifactName("b".repeat(64), "r1.img");
    LoopbackCell.shared().s3().put(S3Home.key(name), new byte[] {1, 2, 3});
    ArtifactHome.Link link = home.link(name, Instant.now().plusSeconds(600));
    assertThat(link).isInstanceOf(ArtifactHome.Link.Elsewhere.class);
    var url = ((ArtifactHome.Link.Elsewhere) link).url();
    assertThat(url.getQuery())
        .contains("X-Amz-Expires=", "X-Amz-Signature=")
        // As published ones are stored, a cache would keep it longer than the link is good.
        .contains("response-cache-control=private, no-store");
    assertThat(
            CLIENT
                .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body())
        .containsExactly(1, 2, 3);
    home.forget(
        new HostedArtifact(
            "art_x",
            name,
            3,
            java.util.List.of("ab".repeat(32)),
            HostedArtifact.State.READY,
            Optional.empty(),
            Optional.empty(),
            new HostedArtifact.Times(
                Instant.now(), Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.empty()));
  }
}
