package io.towncrier.console;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What a page fetches over the wire, as Chromium itself counts it: heads and bodies of answers. */
final class ScaleWire {
  private static final long SETTLES_WITHIN_NANOS = 30_000_000_000L;
  private static final int QUIET_LOOKS = 5;
  private static final int LOOK_MILLIS = 100;

  private final Map<String, Fetch> fetches = new LinkedHashMap<>();

  ScaleWire(CDPSession session) {
    session.on(
        "Network.requestWillBeSent",
        event -> {
          Fetch fetch = of(event);
          fetch.url = event.getAsJsonObject("request").get("url").getAsString();
          // Of about:blank and the like no end is told.
          fetch.ended = !fetch.url.startsWith("http");
        });
    // Comes for what went over the wire, and not for what the cache answered. Its status is the
    // wire's: a document that was 304 is 200 to the page.
    session.on(
        "Network.responseReceivedExtraInfo",
        event -> of(event).status = event.get("statusCode").getAsInt());
    session.on(
        "Network.loadingFinished",
        event -> {
          Fetch fetch = of(event);
          fetch.bytes = Math.round(event.get("encodedDataLength").getAsDouble());
          fetch.ended = true;
        });
    session.on("Network.loadingFailed", event -> of(event).ended = true);
    session.send("Network.enable");
  }

  /** A request and its answer. */
  static final class Fetch {
    private String url = "";
    private int status;
    private long bytes;
    private boolean ended;

    String path() {
      return url.replaceFirst("^https?://[^/]+", "");
    }

    int status() {
      return status;
    }

    long bytes() {
      return bytes;
    }

    boolean isScript() {
      return isFile() && path().endsWith(".js");
    }

    /** One of the console's own files. */
    boolean isFile() {
      return path().startsWith(ConsoleFiles.BASE);
    }

    boolean isData() {
      return path().startsWith("/v1/");
    }

    boolean isPoll() {
      return path().equals("/v1/admin/live");
    }
  }

  /** Forgets what was fetched before. */
  void forget() {
    fetches.clear();
  }

  /** What went over the wire and has come to its end. */
  List<Fetch> all() {
    return fetches.values().stream()
        .filter(f -> f.ended && f.status > 0 && !f.url.isEmpty())
        .toList();
  }

  List<Fetch> all(Predicate<Fetch> kind) {
    return all().stream().filter(kind).toList();
  }

  static long bytes(Collection<Fetch> of) {
    return of.stream().mapToLong(Fetch::bytes).sum();
  }

  /** Waits until nothing was under way for half a second, or half a minute is over. */
  void settle(Page page) {
    long end = System.nanoTime() + SETTLES_WITHIN_NANOS;
    int quiet = 0;
    while (quiet < QUIET_LOOKS && System.nanoTime() < end) {
      page.waitForTimeout(LOOK_MILLIS);
      quiet = fetches.values().stream().allMatch(fetch -> fetch.ended) ? quiet + 1 : 0;
    }
  }

  private Fetch of(JsonObject event) {
    return fetches.computeIfAbsent(event.get("requestId").getAsString(), id -> new Fetch());
  }
}
