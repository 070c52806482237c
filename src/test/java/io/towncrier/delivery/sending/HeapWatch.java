package io.towncrier.delivery.sending;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The most that was in the heap behind a garbage collection: what is really held. */
final class HeapWatch {
  private static final long MEGABYTE = 1024 * 1024;

  private final AtomicLong most = new AtomicLong();

  HeapWatch() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener((notice, handback) -> collected(notice), null, null);
      }
    }
  }

  double mostUsedMegabytes() {
    System.gc();
    return (double) most.get() / MEGABYTE;
  }

  private void collected(Notification notice) {
    if (notice.getUserData() instanceof CompositeData data) {
      Map<String, MemoryUsage> after =
          com.sun.management.GarbageCollectionNotificationInfo.from(data)
              .getGcInfo()
              .getMemoryUsageAfterGc();
      long used =
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getType() == MemoryType.HEAP)
              .mapToLong(pool -> after.get(pool.getName()).getUsed())
              .sum();
      most.accumulateAndGet(used, Math::max);
    }
  }
}
