package io.towncrier.releases;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Looks at a catalogue before it becomes true, and says what is wrong with it. */
public interface PublishGate {
  /**
   * What is found in these products.
   *
   * @param content as it would be; drafts in it are no part of what is published
   */
  Uni<List<Finding>> check(CatalogueStore.Content content);
}
