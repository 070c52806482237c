package io.towncrier.infra.cell;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the functions of a cell run.
 *
 * @param build any short text; another one makes new versions of the same package, which Lambda
 *     else refuses: after a deployment that was rolled back, raise it
 * @param snapStart whether the region has it for Java
 * @param architecture {@code arm64}, or {@code x86_64} where the region has no other
 * @param apiAtOnce how many requests of the API may run at once, kept from all else in the account;
 *     null: as many as the account has left
 * @param checkAtOnce the same of direct checks and those by MQTT
 */
public record FunctionSettings(
    String build,
    boolean snapStart,
    String architecture,
    @Nullable Integer apiAtOnce,
    @Nullable Integer checkAtOnce) {
  private static final Pattern BUILD = Pattern.compile("[A-Za-z0-9._-]{1,40}");
  private static final Set<String> ARCHITECTURES = Set.of("arm64", "x86_64");

  public FunctionSettings {
    Settings.need(
        BUILD.matcher(build).matches(), "a build is 1 to 40 letters and digits: " + build);
    Settings.need(ARCHITECTURES.contains(architecture), "functions run on one of " + ARCHITECTURES);
    Settings.need(isSome(apiAtOnce) && isSome(checkAtOnce), "a function runs at least once");
  }

  private static boolean isSome(@Nullable Integer atOnce) {
    return atOnce == null || atOnce >= 1;
  }
}
