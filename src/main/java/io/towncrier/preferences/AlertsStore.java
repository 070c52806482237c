package io.towncrier.preferences;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;

/** Keeps notification alerts by owner: a device id or an account id. */
public interface AlertsStore {
  /** What an owner chose, or the initial alerts; locks nothing. */
  Uni<NotificationAlerts> find(String owner);

  /** Locks the owner's row {@code FOR UPDATE}, making it first when there is none. */
  Uni<NotificationAlerts> lockForChange(String owner);

  /** Replaces what was locked. */
  Uni<Void> save(String owner, NotificationAlerts alerts);

  /**
   * Locks the rows {@code FOR SHARE} until the transaction ends, making those that are missing: a
   * row that is not there cannot be locked, and its owner could opt out unseen.
   */
  Uni<Map<String, NotificationAlerts>> lockForShare(List<String> owners);
}
