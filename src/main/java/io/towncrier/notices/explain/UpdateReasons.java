package io.towncrier.notices.explain;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Why a notice that a rollout has made is for a device, or is not. */
public interface UpdateReasons {
  /** Of the device itself, and of the routers of its accounts; empty for other notices. */
  Uni<Optional<List<OfDevice>>> of(String notice, String deviceId);

  /**
   * What a check would answer now.
   *
   * @param device that the update is for
   * @param version that the notice tells of
   * @param decision as a check says it
   * @param reason of that decision, if it has one
   * @param offered which version is offered, if one is
   * @param notTold why a look at the rollout would not tell of the version now; of what it would
   *     tell, {@code next-look}: the device came, or changed, since the last one
   */
  record OfDevice(
      String device,
      String installed,
      String version,
      String decision,
      Optional<String> reason,
      Optional<String> offered,
      String notTold) {
    /** The same with another reason why it is not told. */
    public OfDevice notToldFor(String reason) {
      return new OfDevice(device, installed, version, decision, this.reason, offered, reason);
    }

    /** Whether it is one that would be told. */
    public boolean isMeant() {
      return notTold.equals(NEXT_LOOK);
    }
  }

  /** It is told with the next look. */
  String NEXT_LOOK = "next-look";

  /** The product is of another kind than the device, such as the firmware that a phone names. */
  String OTHER_KIND = "other-kind";

  /** It was offered to the device when the product was first seen. */
  String NO_NEWS = "offered-before";
}
