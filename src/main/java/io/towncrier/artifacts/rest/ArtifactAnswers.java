package io.towncrier.artifacts.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.artifacts.ArtifactHome;
import io.towncrier.artifacts.ArtifactStore;
import io.towncrier.artifacts.DeleteArtifact.Outcome;
import io.towncrier.artifacts.HostedArtifact;
import io.towncrier.artifacts.UploadArtifact;
import io.towncrier.artifacts.UploadArtifact.Completed;
import io.towncrier.artifacts.UseArtifacts;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Ids;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.address.PublicUrl;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What became of a request about artifacts, as an answer or a problem. */
@ApplicationScoped
class ArtifactAnswers {
  private final ArtifactStore store;
  private final ArtifactHome home;
  private final UseArtifacts use;
  private final PublicUrl ourselves;

  ArtifactAnswers(ArtifactStore store, ArtifactHome home, UseArtifacts use, PublicUrl ourselves) {
    this.store = store;
    this.home = home;
    this.use = use;
    this.ourselves = ourselves;
  }

  Uni<ArtifactBodies.Listed> list(
      Optional<HostedArtifact.State> state, PageRequest<String> request) {
    return store
        .list(state, request)
        .map(
            page ->
                new ArtifactBodies.Listed(
                    page.items(artifact -> ArtifactBodies.Shown.of(artifact, ourselves)),
                    page.next(HostedArtifact::id),
                    page.total()));
  }

  ArtifactBodies.Progress shown(UploadArtifact.Progress progress) {
    return ArtifactBodies.Progress.of(
        progress, ourselves, number -> home.target(progress.artifact(), number));
  }

  ArtifactBodies.Shown completed(Completed completed) {
    if (completed instanceof Completed.Accepted accepted) {
      return ArtifactBodies.Shown.of(accepted.artifact(), ourselves);
    } else if (completed instanceof Completed.Missing missing) {
      throw ProblemCode.WRONG_STATE
          .with(
              "These parts are missing: "
                  + missing.parts().stream().map(String::valueOf).collect(Collectors.joining(", ")))
          .asException();
    } else if (completed instanceof Completed.Over over) {
      throw ProblemCode.WRONG_STATE
          .with("It is " + over.state().code() + ", and no upload any more.")
          .asException();
    } else if (completed instanceof Completed.Unknown) {
      throw unknown();
    }
    throw new ForgottenCase(completed);
  }

  Uni<ArtifactBodies.Linked> link(String id) {
    return use.link(id)
        .map(
            link -> {
              UseArtifacts.Expiring found = link.orElseThrow(ArtifactAnswers::unknown);
              return ArtifactBodies.Linked.of(found.link(), found.until(), ourselves);
            });
  }

  static void deleted(Outcome outcome) {
    if (outcome instanceof Outcome.Deleted) {
      return;
    } else if (outcome instanceof Outcome.InUse used) {
      throw ProblemCode.ARTIFACT_IN_USE
          .with("These releases refer to it: " + String.join(", ", used.releases()) + ".")
          .asException();
    } else if (outcome instanceof Outcome.Retained retained) {
      throw ProblemCode.ARTIFACT_IN_USE
          .with(
              "A security release referred to it: it cannot be deleted before "
                  + retained.until()
                  + ".")
          .asException();
    } else if (outcome instanceof Outcome.Unknown) {
      throw unknown();
    }
    throw new ForgottenCase(outcome);
  }

  static ProblemException unknown() {
    return ProblemCode.UNKNOWN_ARTIFACT.with("No artifact has this id, or not yet.").asException();
  }

  static Optional<HostedArtifact.State> state(String text) {
    return Arrays.stream(HostedArtifact.State.values())
        .filter(state -> state.code().equals(text))
        .findFirst();
  }

  static Optional<String> id(String text) {
    return Optional.of(text).filter(id -> Ids.looksLike(HostedArtifact.PREFIX, id));
  }
}
