package io.towncrier.platform;

import java.util.Map;
import org.jboss.logging.MDC;

/**
 * The keys of the logging context (MDC): request, notice and trace id. They belong to the caller's
 * Vert.x context, so they stay with a request from thread to thread.
 */
public final class LogContext {
  public static final String REQUEST = "requestId";
  public static final String TRACE = "traceId";
  public static final String NOTICE = "noticeId";

  private LogContext() {}

  public static void set(String mark, String value) {
    MDC.put(mark, value);
  }

  public static void unset(String mark) {
    MDC.remove(mark);
  }

  /** All that are set. */
  public static Map<String, Object> all() {
    return Map.copyOf(MDC.getMap());
  }

  /** Lines that are written in the course of this are about a notice. */
  public static void about(String notice, Runnable writing) {
    Object before = MDC.put(NOTICE, notice);
    try {
      writing.run();
    } finally {
      if (before == null) {
        MDC.remove(NOTICE);
      } else {
        MDC.put(NOTICE, before);
      }
    }
  }
}
