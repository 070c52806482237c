package io.towncrier.notices.mine;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.Inbox;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.Secret;
import java.time.Instant;

/**
 * The in-app notices of a signed-in user, each once however many devices have it. What is left out
 * of every device's inbox is left out here.
 */
public interface MyNotices {
  /** In the order in which they began; what is not planned for a device yet is not there yet. */
  Uni<Page<Inbox.Entry>> entries(Secret subject, PageRequest<String> request);

  /**
   * Marks as read, on every device of the account.
   *
   * @return whether one of them has this notice
   */
  Uni<Boolean> markRead(Secret subject, String notice, Instant now);
}
