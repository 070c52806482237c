package io.towncrier.releases.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.platform.FieldError;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.rest.SeenRevision;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.editing.ReleaseChange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What became of a change to a release, as an answer or a problem. */
final class Changes {
  private Changes() {}

  static ObjectNode answer(ReleaseChange change) {
    if (change instanceof ReleaseChange.Changed changed) {
      return ReleaseBodies.shown(changed.now());
    } else if (change instanceof ReleaseChange.Deleted) {
      return JsonNodeFactory.instance.objectNode();
    } else if (change instanceof ReleaseChange.Refused refused) {
      throw ReleaseBodies.unpublishable(refused.findings());
    } else if (change instanceof ReleaseChange.Stale stale) {
      throw ProblemCode.STALE_REVISION
          .with("current shows it as it is now. Change that, with its revision.")
          .withCurrent(ReleaseBodies.shown(stale.now()))
          .asException();
    } else if (change instanceof ReleaseChange.WrongState wrong) {
      throw ProblemCode.WRONG_STATE.with(wrong.detail()).asException();
    } else if (change instanceof ReleaseChange.Exists) {
      throw ProblemCode.ALREADY_EXISTS
          .with("The product has a release of this version. Change that one with PUT.")
          .asException();
    } else if (change instanceof ReleaseChange.OwnDraft) {
      throw ProblemCode.APPROVAL_NEEDED
          .with("Approvals are on: ask an operator who did not write the release to do this.")
          .asException();
    } else if (change instanceof ReleaseChange.UnknownProduct) {
      throw ProblemCode.UNKNOWN_PRODUCT
          .with(
              "Ids are case-sensitive.",
              List.of(new FieldError("product", "is not a known product")))
          .asException();
    } else if (change instanceof ReleaseChange.Unknown) {
      throw unknown();
    }
    throw new ForgottenCase(change);
  }

  static ObjectNode found(Optional<ReleaseStore.Stored> stored) {
    return ReleaseBodies.shown(stored.orElseThrow(Changes::unknown));
  }

  /** The revision in If-Match, or in a body that may be missing altogether. */
  static OptionalInt seenRevision(@Nullable String ifMatch, @Nullable SeenRevision body) {
    InputReader input = new InputReader();
    OptionalInt revision = SeenRevision.optional(input, ifMatch, body);
    input.finish();
    return revision;
  }

  static RuntimeException unknown() {
    return ProblemCode.UNKNOWN_RELEASE
        .with("Ids are product:version, case-sensitive.")
        .asException();
  }
}
