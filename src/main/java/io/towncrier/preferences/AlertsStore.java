package io.towncrier.preferences;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps notification alerts by owner: a device id or an account id. The first change or claim of an
 * owner makes the row, and so fixes the defaults of that moment.
 */
public interface AlertsStore {
  /**
   * What an owner has, or today's defaults; writes nothing, and locks nothing.
   *
   * @return empty when a device's secret is another one
   */
  Uni<Optional<NotificationAlerts>> find(AlertsOwner owner);

  /**
   * Locks the owner's row against claims, making it first when there is none, and with it the
   * account of a user who has none. It is a statement by itself: what comes behind it in the
   * transaction sees all that was done while it waited (docs/adr/0004).
   *
   * @return empty when a device's secret is another one
   */
  Uni<Optional<Locked>> lockForChange(AlertsOwner owner);

  /** Replaces what was locked, and keeps the change in the owner's history. */
  Uni<Void> save(String owner, AlertsChange change);

  /** When the owner's alerts became that version; empty when that is not kept. */
  Uni<Optional<Instant>> changedAt(String owner, int version);

  /** The changes of an owner in the order of the revisions that they made. */
  Uni<Page<AlertsChange>> history(String owner, PageRequest<Integer> request);

  /**
   * Locks the rows {@code FOR SHARE} until the transaction ends, making those that are missing: a
   * row that is not there cannot be locked, and its owner could opt out unseen.
   */
  Uni<Map<String, NotificationAlerts>> lockForShare(List<String> owners);

  /** As {@link #lockForShare}, of alerts that are going to be changed. */
  Uni<Map<String, NotificationAlerts>> lockForChange(List<String> owners);

  /**
   * Alerts that nobody else changes until the transaction ends.
   *
   * @param owner the device id or account id
   */
  record Locked(String owner, NotificationAlerts alerts) {}
}
