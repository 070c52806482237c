package io.towncrier.overview;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** The settings of this process, without a secret. */
@ApplicationScoped
public class SettingsInForce {
  private static final String OURS = "towncrier.";
  private static final String HIDDEN = "(set)";
  private static final int LONGEST = 500;

  /**
   * By name, and by value where a new setting holds what no name tells: what looks like a secret is
   * one.
   */
  private static final Pattern SECRET_NAME =
      Pattern.compile(".*(token|secret|password|key|credential|account|private).*");

  private static final Pattern SECRET_VALUE =
      Pattern.compile("(?s).*(-----BEGIN|\"private_key\"|[A-Za-z0-9+/]{40,}={0,2}|://[^/\\s]*@).*");

  private final Config config;

  SettingsInForce(Config config) {
    this.config = config;
  }

  /** Name to value, in the order of the names; of a secret only that it is set. */
  public Map<String, String> all() {
    Map<String, String> settings = new TreeMap<>();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith(OURS)) {
        config
            .getOptionalValue(name, String.class)
            .ifPresent(value -> settings.put(name, shown(name, value)));
      }
    }
    return settings;
  }

  /** A value as it may be shown: pure. */
  static String shown(String name, String value) {
    boolean secret = SECRET_NAME.matcher(name).matches() || SECRET_VALUE.matcher(value).matches();
    return secret || value.length() > LONGEST ? HIDDEN : value;
  }
}
