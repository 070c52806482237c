package io.towncrier.notices.counts;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Lists the deliveries of a notice, in the order of the ids of their devices. */
public interface NoticeDeliveries {
  /** Those in one state, and for one reason if that is given. */
  Uni<Page<Listed>> list(
      String notice, Optional<State> state, Optional<String> reason, PageRequest<String> request);

  /** How far a delivery is. */
  enum State {
    PENDING,
    SENDING,
    ACCEPTED,
    SUPPRESSED,
    DEAD;

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<State> parse(String code) {
      return Arrays.stream(values()).filter(state -> state.code().equals(code)).findFirst();
    }
  }

  /**
   * One delivery.
   *
   * @param reason why it is suppressed or dead, or was last put back
   * @param dueAt when it may be claimed; of one that is being sent, when it was due
   */
  record Listed(
      String device,
      State state,
      Optional<String> reason,
      int attempts,
      Instant dueAt,
      Optional<Instant> finishedAt,
      Optional<Instant> readAt) {}
}
