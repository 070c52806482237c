package io.towncrier.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.artifacts.ArtifactHome.PartOutcome;
import io.towncrier.artifacts.HostedArtifact.State;
import io.towncrier.artifacts.HostedArtifact.Times;
import io.towncrier.platform.Ids;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every home of artifacts does. */
public abstract class ArtifactHomeContract {
  protected static final HttpClient CLIENT = HttpClient.newHttpClient();

  protected final UploadedImage image = UploadedImage.random("r1.img", Parts.BYTES + 7);

  protected abstract ArtifactHome home() throws Exception;

  /** What everybody is served, if anything. */
  protected abstract Optional<byte[]> served(ArtifactName name) throws Exception;

  /** Whether anything at all is left of an artifact. */
  protected abstract boolean isGone(HostedArtifact artifact) throws Exception;

  @Test
  void partsComeInAnyOrderAndAgainAndMakeTheWhole() throws Exception {
    ArtifactHome home = home();
    HostedArtifact upload = begin(home);
    assertThat(home.parts(upload)).isEmpty();
    assertThat(send(home, upload, 2, image.part(2))).isTrue();
    assertThat(home.parts(upload)).containsExactly(2);
    assertThat(send(home, upload, 1, image.part(1))).isTrue();
    assertThat(send(home, upload, 1, image.part(1))).isTrue();
    assertThat(home.parts(upload)).containsExactlyInAnyOrder(1, 2);

    Sums sums = home.assemble(upload, () -> true).orElseThrow();
    assertThat(sums.size()).isEqualTo(image.bytes().length);
    assertThat(sums.sha256()).isEqualTo(image.sha256());
    assertThat(served(upload.name())).isEmpty();
    home.keep(upload);
    assertThat(served(upload.name())).isEmpty();
    home.publish(upload.name());
    home.publish(upload.name());
    assertThat(served(upload.name())).contains(image.bytes());

    home.forget(upload);
    home.forget(upload);
    assertThat(isGone(upload)).isTrue();
  }

  @Test
  void aPartWithOtherBytesIsRefused() throws Exception {
    ArtifactHome home = home();
    HostedArtifact upload = begin(home);
    assertThat(send(home, upload, 2, new byte[7])).isFalse();
    assertThat(send(home, upload, 2, image.part(1))).isFalse();
    assertThat(home.parts(upload)).isEmpty();
  }

  @Test
  void whatWasInterruptedIsDoneAgain() throws Exception {
    ArtifactHome home = home();
    HostedArtifact upload = begin(home);
    send(home, upload, 1, image.part(1));
    send(home, upload, 2, image.part(2));
    assertThat(home.assemble(upload, () -> false)).isEmpty();
    assertThat(home.assemble(upload, () -> true)).isPresent();
    assertThat(home.assemble(upload, () -> true)).isPresent();
    home.keep(upload);
    home.keep(upload);
    assertThat(home.assemble(upload, () -> true).orElseThrow().sha256()).isEqualTo(image.sha256());
    home.forget(upload);
  }

  @Test
  void anUploadThatIsAbandonedLeavesNothing() throws Exception {
    ArtifactHome home = home();
    HostedArtifact upload = begin(home);
    send(home, upload, 1, image.part(1));
    home.forget(upload);
    assertThat(home.parts(upload)).isEmpty();
    assertThat(isGone(upload)).isTrue();
  }

  private HostedArtifact begin(ArtifactHome home) {
    ArtifactName name = new ArtifactName(image.sha256(), "r1.img");
    return new HostedArtifact(
        Ids.next(HostedArtifact.PREFIX),
        name,
        image.bytes().length,
        parts(),
        State.UPLOADING,
        Optional.of(home.begin(name)),
        Optional.empty(),
        new Times(Instant.now(), Optional.empty(), Optional.empty(), Optional.empty()),
        Optional.empty());
  }

  @SuppressWarnings("unchecked")
  private List<String> parts() {
    return (List<String>) image.announcement().get("parts");
  }

  /** As a client does: to the URL that it was given; whether it was stored. */
  private static boolean send(ArtifactHome home, HostedArtifact upload, int number, byte[] part)
      throws Exception {
    ArtifactHome.PartTarget target = home.target(upload, number);
    if (!target.url().startsWith("http")) {
      return home.receive(upload, number, new ByteArrayInputStream(part)) == PartOutcome.STORED;
    }
    assertThat(home.receive(upload, number, new ByteArrayInputStream(part)))
        .isEqualTo(PartOutcome.ELSEWHERE);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target.url()))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(part));
    for (Map.Entry<String, String> header : target.headers().entrySet()) {
      request.header(header.getKey(), header.getValue());
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
  }
}
