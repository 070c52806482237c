package io.towncrier.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/**
 * A cell of China, beside one for Germany: Getui pushes there, and no provider abroad may be used.
 */
public final class InChina implements QuarkusTestProfile {
  public static final String ELSEWHERE = "https://updates.eu.example.com";

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(Tokens.settings());
    settings.put("towncrier.residency.cell", "cn");
    settings.put(
        "towncrier.residency.cells", "eu " + ELSEWHERE + " DE FR; cn https://cn.example.com CN");
    settings.put("towncrier.residency.push-providers", "getui");
    settings.put("towncrier.getui.receipt-networks", "203.0.113.0/24");
    settings.put("towncrier.http.trusted-proxies", "1");
    return settings;
  }
}
