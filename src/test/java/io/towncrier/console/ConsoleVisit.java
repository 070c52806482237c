package io.towncrier.console;

import io.towncrier.testing.Chromium;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A person in front of the console for each test of a class, in a Chromium of the class's own,
 * since classes run side by side. What the browser complains of fails the test.
 */
final class ConsoleVisit
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private final String zone;
  private Chromium chromium;
  private ConsoleBrowser browser;

  ConsoleVisit() {
    this("");
  }

  /** In this time zone; empty: in that of the machine. */
  ConsoleVisit(String zone) {
    this.zone = zone;
  }

  /** Of the test that runs. */
  ConsoleBrowser browser() {
    return browser;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    chromium = Chromium.start();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    browser = zone.isEmpty() ? new ConsoleBrowser(chromium) : new ConsoleBrowser(chromium, zone);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    browser.close();
    browser.complainedOfNothing();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (chromium != null) {
      chromium.close();
    }
  }
}
