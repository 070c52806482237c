package io.towncrier.releases.editing;

import io.smallrye.mutiny.Uni;
import io.towncrier.artifacts.ArtifactName;
import io.towncrier.artifacts.UseArtifacts;
import io.towncrier.platform.address.PublicUrl;
import io.towncrier.releases.Artifact;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.Finding;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The images of a release that this service itself keeps, known by their URL. They stay while a
 * release refers to them, and are public from when it is. In the transaction of the change: what
 * cannot be downloaded undoes it.
 */
@ApplicationScoped
class ReleaseArtifacts {
  private final UseArtifacts artifacts;
  private final PublicUrl ourselves;

  ReleaseArtifacts(UseArtifacts artifacts, PublicUrl ourselves) {
    this.artifacts = artifacts;
    this.ourselves = ourselves;
  }

  /** None of its images is deleted before the transaction ends; all are ready. */
  Uni<Void> hold(ReleaseId id, Release release) {
    return held(named(id, release));
  }

  /** All are ready, and everybody may download them. */
  Uni<Void> publish(ReleaseId id, Release release) {
    return published(named(id, release), release.isSecurity());
  }

  /** The same for all releases of an import. */
  Uni<Void> take(Catalogue catalogue) {
    List<Named> drafts = new ArrayList<>();
    List<Named> security = new ArrayList<>();
    List<Named> others = new ArrayList<>();
    for (Catalogue.Entry entry : catalogue.releases()) {
      Release release = entry.release();
      List<Named> named = named(new ReleaseId(entry.products().get(0), release.version()), release);
      if (release.state() != Release.State.PUBLISHED) {
        drafts.addAll(named);
      } else if (release.isSecurity()) {
        security.addAll(named);
      } else {
        others.addAll(named);
      }
    }
    return held(drafts)
        .chain(() -> published(security, true))
        .chain(() -> published(others, false));
  }

  private Uni<Void> held(List<Named> named) {
    return artifacts.hold(names(named)).invoke(ready -> refuse(named, ready)).replaceWithVoid();
  }

  private Uni<Void> published(List<Named> named, boolean security) {
    return artifacts
        .publish(names(named), security)
        .invoke(ready -> refuse(named, ready))
        .replaceWithVoid();
  }

  /** What has the form of our own URLs: of this service, a former name of it, or another cell. */
  private List<Named> named(ReleaseId id, Release release) {
    List<Named> named = new ArrayList<>();
    List<Artifact> all = release.content().artifacts();
    for (int i = 0; i < all.size(); i++) {
      Artifact artifact = all.get(i);
      String place = "releases[" + id.version() + "].artifacts[" + i + "].url";
      boolean own = ourselves.isOwn(artifact.url());
      Optional.ofNullable(artifact.url().getRawPath())
          .flatMap(ArtifactName::ofPath)
          .filter(name -> name.sha256().equals(artifact.sha256()))
          .ifPresent(name -> named.add(new Named(id, place, name, own)));
    }
    return named;
  }

  private static Set<ArtifactName> names(List<Named> named) {
    return named.stream().map(Named::name).collect(Collectors.toSet());
  }

  private static void refuse(List<Named> named, Set<ArtifactName> ready) {
    GateRefused.ifErrors(
        named.stream()
            .filter(each -> each.own() && !ready.contains(each.name()))
            .map(
                each ->
                    new Finding(
                        Finding.Level.ERROR,
                        "artifact-not-ready",
                        each.id().product(),
                        each.place(),
                        "names an artifact that is not ready: upload it first"))
            .toList());
  }

  /**
   * An image that a release names.
   *
   * @param own whether its URL is one of this service now
   */
  private record Named(ReleaseId id, String place, ArtifactName name, boolean own) {}
}
