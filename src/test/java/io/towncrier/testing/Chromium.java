package io.towncrier.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The system's own Chromium, without a window. */
public final class Chromium implements AutoCloseable {
  private static final Path BINARY = Path.of("/usr/bin/chromium");
  // Milliseconds; a browser beside two lanes of tests gets its turn late.
  private static final int PATIENCE = 30_000;

  static {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
  }

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Where there is none, CI fails; elsewhere the tests that need it are skipped, and say so. */
  public static Chromium start() {
    if (!Files.isExecutable(BINARY)) {
      String why = "SKIPPED, the pages are not tested: there is no " + BINARY;
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(why);
      }
      System.err.println(why);
      Assumptions.abort(why);
    }
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Chromium(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(BINARY)
                    .setArgs(
                        List.of(
                            "--no-sandbox", "--disable-gpu", "--disable-background-networking"))));
  }

  /** A profile of its own, with nothing in it. */
  public BrowserContext profile(Browser.NewContextOptions options) {
    BrowserContext profile = browser.newContext(options);
    profile.setDefaultTimeout(PATIENCE);
    return profile;
  }

  /** What axe-core finds that is serious or worse, one line each. */
  @SuppressWarnings("unchecked")
  public static List<String> seriousFindings(Page page) {
    if (page.evaluate("typeof axe").equals("undefined")) {
      page.evaluate(axe());
    }
    return (List<String>)
        page.evaluate(
            """
            async () => {
              const found = await axe.run(document, { resultTypes: ['violations'] });
              return found.violations
                .filter((v) => v.impact === 'serious' || v.impact === 'critical')
                .flatMap((v) => v.nodes.map((n) => `${v.id} at ${n.target}: ${n.failureSummary}`));
            }
            """);
  }

  private static String axe() {
    try (InputStream in = Chromium.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
