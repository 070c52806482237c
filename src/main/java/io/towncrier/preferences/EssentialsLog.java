package io.towncrier.preferences;

import io.smallrye.mutiny.Uni;
import java.util.Set;

/** Keeps which categories were essential, and since when. */
public interface EssentialsLog {
  /** Keeps what holds from now on; whether that is something else than before. */
  Uni<Boolean> keep(Set<Category> essential);
}
