package io.towncrier.devices;

import io.smallrye.mutiny.Uni;

/** Knows how many in-app notices a device has not shown yet. */
public interface UnreadNotices {
  Uni<Long> count(String deviceId);
}
