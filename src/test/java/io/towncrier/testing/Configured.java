package io.towncrier.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** What an operator may set otherwise than the usual, all at once. */
public final class Configured implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>();
    // An endpoint that leads inside, and so takes nothing.
    settings.put("towncrier.events.endpoints.crm.url", "https://localhost:1/hook");
    settings.put("towncrier.events.endpoints.crm.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    settings.put("towncrier.events.attempts", "1");
    // More than any test uses up by itself.
    settings.put("towncrier.downloads.budget", "1000000000000");
    settings.putAll(
        Map.of(
            // Announcements are off by default in both channels, and app updates are essential.
            "towncrier.alerts.essential", "app-update",
            "towncrier.alerts.defaults.push-off", "announcement",
            "towncrier.alerts.defaults.in-app-off", "announcement",
            // Three registrations an hour and six of a network, behind one proxy.
            "towncrier.devices.registration.burst", "3",
            "towncrier.devices.registration.every", "1h",
            "towncrier.devices.registration.network-factor", "2",
            "towncrier.devices.challenges-an-hour", "6",
            // What is not yet in force is told so soon.
            "towncrier.delivery.fence-wait", "2s",
            "towncrier.cors.origins", "https://app.example",
            "towncrier.http.trusted-proxies", "1"));
    return settings;
  }
}
