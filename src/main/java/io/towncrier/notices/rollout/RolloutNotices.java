package io.towncrier.notices.rollout;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.Notice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps how far the fleet was notified of each rollout. */
public interface RolloutNotices {
  /** By product: the stage of which people were last notified. */
  Uni<Map<String, Stage>> stages();

  /** A product is seen for the first time. */
  Uni<Void> begin(Map<String, Stage> stages);

  /**
   * Takes the turn to go through the fleet of a product, or keeps it, and locks the product's stage
   * until the transaction ends. A turn that is not kept is over after a minute.
   *
   * @param known the stage that the caller saw
   * @return whether it is the caller's turn; not once somebody else is through, or has it
   */
  Uni<Boolean> takeTurn(String product, Stage known, String walker);

  /** Gives the turn back. */
  Uni<Void> leave(String product, String walker);

  /** The fleet was gone through, and the turn is over. */
  Uni<Void> save(String product, Stage stage);

  /** The notice that tells of a release, if there is one. */
  Uni<Optional<String>> noticeOf(String product, String version);

  /** The version that a notice tells of; empty when no rollout has made it. */
  Uni<Optional<String>> versionOf(String notice);

  /** Who let a release out, or further, the last time: that approves its notices. */
  Uni<Optional<Notice.Approval>> approvalOf(String product, String version);

  /** The devices whose update a phone is notified of: itself, and the routers of its accounts. */
  Uni<List<String>> subjects(String notice, String deviceId);

  Uni<Void> remember(String product, String version, String notice);

  /** Those of these devices that have a delivery about the release already. */
  Uni<Set<String>> alreadyTold(String product, String version, List<String> devices);
}
