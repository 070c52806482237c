package io.towncrier.server;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the embedded PostgreSQL runs: it keeps what it has committed, and lives beside the server.
 */
public final class PostgresSettings {
  private static final long MEGABYTE = 1024 * 1024;
  private static final long LEAST_CACHE = 128;
  private static final long MOST_CACHE = 1024;

  private PostgresSettings() {}

  /** By their names in postgresql.conf. */
  public static Map<String, String> all() {
    Map<String, String> settings = new TreeMap<>();
    // The library is made for tests, and trades durability away by default.
    settings.put("fsync", "on");
    settings.put("full_page_writes", "on");
    settings.put("synchronous_commit", "on");
    settings.put("shared_buffers", cacheMegabytes(machineBytes()) + "MB");
    // After each checkpoint a page is written whole with its first change: a notice to everybody
    // changes every page of its deliveries, and would do little else with one every few seconds.
    settings.put("max_wal_size", "4GB");
    settings.put("checkpoint_timeout", "15min");
    settings.put("wal_compression", "on");
    return settings;
  }

  /** A quarter of the machine's memory, within bounds: the rest is the server's, and others'. */
  static long cacheMegabytes(long machineBytes) {
    return Math.max(LEAST_CACHE, Math.min(MOST_CACHE, machineBytes / MEGABYTE / 4));
  }

  private static long machineBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
