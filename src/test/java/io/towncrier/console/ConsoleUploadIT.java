package io.towncrier.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.artifacts.UploadedImage;
import io.towncrier.testing.Api;
import io.towncrier.testing.Chromium;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An image goes from a browser to the service, in parts. */
@QuarkusTest
@Tag("zoneless")
class ConsoleUploadIT {
  private static final int TWO_PARTS = 17 * 1024 * 1024;

  @Test
  void anUploadThatBrokeGoesOnWhereItStoppedAndIsDeletedByItsName() {
    UploadedImage image = UploadedImage.random("console-r1.img", TWO_PARTS);
    try (Chromium chromium = Chromium.start();
        ConsoleBrowser browser = new ConsoleBrowser(chromium)) {
      Page page = browser.signedIn("#/artifacts");
      List<String> sent = new ArrayList<>();
      AtomicBoolean broken = new AtomicBoolean(true);
      page.route(
          Pattern.compile("/v1/admin/artifacts/[^/]+/parts/\\d+$"),
          route -> {
            String number = route.request().url().replaceAll(".*/", "");
            if (number.equals("2") && broken.get()) {
              refuse(route);
            } else {
              sent.add(number);
              route.resume();
            }
          });
      browser.complaintsOf(400);
      page.getByLabel("Upload an image")
          .setInputFiles(
              new FilePayload("console-r1.img", "application/octet-stream", image.bytes()));
      assertThat(page.getByText("the upload has stopped")).isVisible();
      assertThat(sent).containsExactly("1");

      broken.set(false);
      browser.button("Go on").click();
      assertThat(page.getByText("it is uploaded. The service verifies it now.")).isVisible();
      // The first part was there already.
      assertThat(sent).containsExactly("1", "2");
      Locator row =
          page.locator("tbody tr", new Page.LocatorOptions().setHasText("console-r1.img"));
      assertThat(row).containsText(Pattern.compile("being verified|ready"));
      List<String> sums =
          Api.operator()
              .get(UploadedImage.ARTIFACTS)
              .path("items.findAll { it.name == 'console-r1.img' }.sha256");
      assertThat(sums).contains(image.sha256());
      deleted(browser, page, row);
      browser.complainedOfNothing();
    }
  }

  /** Its name has to be typed. */
  private static void deleted(ConsoleBrowser browser, Page page, Locator row) {
    row.getByText("Delete ...").click();
    Locator dialog = page.locator("dialog[open]");
    Locator act = ConsoleBrowser.exactly(dialog, "Delete the image");
    assertThat(act).hasAttribute("aria-disabled", "true");
    dialog.getByLabel("Type console-r1.img to confirm").fill("console-r1.img");
    act.click();
    assertThat(page.getByText("console-r1.img is deleted.")).isVisible();
  }

  @Test
  void aFileThatCannotBeAnImageIsRefusedBeforeItIsSent() {
    try (Chromium chromium = Chromium.start();
        ConsoleBrowser browser = new ConsoleBrowser(chromium)) {
      Page page = browser.signedIn("#/artifacts");
      List<String> calls = new ArrayList<>();
      page.onRequest(request -> calls.add(request.method()));
      page.getByLabel("Upload an image")
          .setInputFiles(new FilePayload("a b.img", "application/octet-stream", new byte[] {1}));
      assertThat(page.getByText("A name has letters, digits")).isVisible();
      page.getByLabel("Upload an image")
          .setInputFiles(new FilePayload("a.img", "application/octet-stream", new byte[0]));
      assertThat(page.getByText("The file is empty.")).isVisible();
      assertThat(calls).doesNotContain("POST", "PUT");
      browser.complainedOfNothing();
    }
  }

  private static void refuse(Route route) {
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(400)
            .setContentType("application/problem+json")
            .setBody("{\"code\":\"invalid-request\",\"title\":\"No\",\"status\":400}"));
  }
}
