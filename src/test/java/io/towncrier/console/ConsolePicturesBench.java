package io.towncrier.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ScreenshotAnimations;
import io.towncrier.testing.Chromium;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every page of the console as a picture, with the made-up fleet, light and dark, wide and narrow,
 * and in each language with text of twice the size and forced colours: for whoever looks at them,
 * and for the README. Run by bench/console-pictures, which starts dev mode.
 */
@Tag("bench")
class ConsolePicturesBench {
  private static final String LINK = System.getProperty("link", "");
  private static final Path ALL = Path.of("target", "console-pictures");
  private static final Path README = Path.of("docs", "pictures");
  private static final int WIDE = 1280;
  private static final int NARROW = 320;
  private static final int HEIGHT = 800;

  private static final List<String> LANGUAGES = List.of("en", "de", "es", "zh-Hans");

  /** What the README shows, by the names of the pages. */
  private static final List<String> OF_README =
      List.of("overview-light", "rollout-light", "explain-light", "notice-light");

  private final List<String> complaints = new ArrayList<>();

  @Test
  void everyPageHasItsPicture() {
    try (Chromium chromium = Chromium.start();
        BrowserContext profile =
            chromium.profile(
                new Browser.NewContextOptions()
                    .setLocale("en-GB")
                    .setTimezoneId("Europe/Berlin")
                    .setViewportSize(WIDE, HEIGHT))) {
      Page page = profile.newPage();
      page.onPageError(complaints::add);
      page.navigate(LINK);
      PlaywrightAssertions.assertThat(page.locator("#nav")).isVisible();
      String console = LINK.replaceFirst("#.*", "");
      Map<String, String> pages = pages(page);
      pages.forEach((name, place) -> picture(page, console + place, name));
      for (String language : LANGUAGES) {
        page.evaluate(
            "language => localStorage.setItem('towncrier-console-look', JSON.stringify({ language }))",
            language);
        pages.forEach((name, place) -> enlarged(page, console + place, name + "-" + language));
      }
    }
    assertThat(complaints).isEmpty();
  }

  private static void open(Page page, String url) {
    page.navigate("about:blank");
    page.navigate(url);
    PlaywrightAssertions.assertThat(page.locator("main h1")).isVisible();
    page.waitForLoadState(LoadState.NETWORKIDLE);
    Locator why = page.locator("form.reason input");
    if (why.isVisible()) {
      why.fill("CASE-4711");
      page.keyboard().press("Enter");
      PlaywrightAssertions.assertThat(why).hasCount(0);
      page.waitForLoadState(LoadState.NETWORKIDLE);
    }
    PlaywrightAssertions.assertThat(page.getByText("Loading ...")).hasCount(0);
  }

  /** Text of twice the size on a narrow screen, in the colours that the reader's system forces. */
  private void enlarged(Page page, String url, String name) {
    page.setViewportSize(NARROW * 2, HEIGHT);
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setForcedColors(ForcedColors.ACTIVE)
            .setReducedMotion(ReducedMotion.REDUCE));
    open(page, url);
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')");
    look(page, name + "-twice");
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setForcedColors(ForcedColors.NONE)
            .setReducedMotion(ReducedMotion.NO_PREFERENCE));
  }

  private void picture(Page page, String url, String name) {
    open(page, url);
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      String look = scheme == ColorScheme.LIGHT ? "light" : "dark";
      page.setViewportSize(WIDE, HEIGHT);
      if (OF_README.contains(name + "-" + look)) {
        page.screenshot(
            new Page.ScreenshotOptions()
                .setAnimations(ScreenshotAnimations.DISABLED)
                .setPath(README.resolve(name + "-" + look + ".png")));
      }
      look(page, name + "-wide-" + look);
      page.setViewportSize(NARROW, HEIGHT);
      look(page, name + "-narrow-" + look);
    }
  }

  private void look(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setAnimations(ScreenshotAnimations.DISABLED)
            .setPath(ALL.resolve(name + ".png")));
    if (!page.evaluate("document.documentElement.scrollWidth - innerWidth").equals(0)) {
      complaints.add(name + " scrolls sideways");
    }
    Chromium.seriousFindings(page).forEach(finding -> complaints.add(name + ": " + finding));
  }

  /** By name, each with what stands behind the address of the console. */
  private static Map<String, String> pages(Page page) {
    String device = first(page, "devices?product=demo_ax6000&limit=1", "items[0].id");
    String started = notice(page, "running");
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("overview", "");
    pages.put("explain-empty", "#/explain");
    pages.put("explain", "#/explain?device=" + device);
    pages.put("releases", "#/releases");
    pages.put("rollout", "#/releases/demo_ax6000:1.4.0");
    pages.put("rollout-halted", "#/releases/demo_n450:1.1.0");
    pages.put("release-draft", "#/releases/demo_ax6000:1.5.0");
    pages.put("draft-editor", "#/releases/demo_ax6000:1.5.0/edit");
    pages.put("draft-new", "#/releases/new?product=demo_ax6000");
    pages.put("outcomes", "#/outcomes");
    pages.put("outcome", "#/outcomes/demo_n450:1.1.0");
    pages.put("artifacts", "#/artifacts");
    pages.put("simulate", "#/simulate?what=withdraw&release=demo_ax6000:1.4.0");
    pages.put("import", "#/import");
    pages.put("lint", "#/lint");
    pages.put("products", "#/products");
    pages.put("product", "#/products/demo_ax6000");
    pages.put("notices", "#/notices");
    pages.put("notice", "#/notices/" + started);
    pages.put("notice-deliveries", "#/notices/" + started + "/deliveries?state=suppressed");
    pages.put("notice-draft", "#/notices/" + notice(page, "draft"));
    pages.put("notice-editor", "#/notices/" + notice(page, "draft") + "/edit");
    pages.put("notice-new", "#/notices/new");
    pages.put("devices", "#/devices");
    pages.put("device", "#/devices/" + device);
    pages.put("requests", "#/privacy-requests");
    pages.put("audit", "#/audit");
    pages.put("events", "#/events");
    pages.put("health", "#/health");
    return pages;
  }

  private static String notice(Page page, String state) {
    return first(page, "notices?limit=1&state=" + state, "items[0].id");
  }

  /** A value of what the API answers to whoever is signed in. */
  private static String first(Page page, String path, String member) {
    return (String)
        page.evaluate(
            "path => fetch('/v1/admin/' + path, { headers: { 'Towncrier-Reason': 'pictures' } })"
                + ".then(answer => answer.json()).then(body => body."
                + member
                + ")",
            path);
  }
}
