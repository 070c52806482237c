package io.towncrier.devices.checks;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far the updates of devices are, as their users see it. */
public interface UpdateStates {
  /**
   * By device id; a device of which nothing is known is missing.
   *
   * @param devices ids and the versions that they run
   * @param languages the header {@code Accept-Language}, in which reasons are told
   */
  Uni<Map<String, UpdateState>> of(List<Running> devices, Optional<String> languages);

  /** A device and what it runs. */
  record Running(String device, String version) {}

  /**
   * The update of a device.
   *
   * @param state installed, offered, running, done or failed
   * @param version of the release; empty when none is known
   * @param step of an update that runs
   * @param progress of the step, in percent
   * @param code why it failed
   * @param reason the same in the user's language
   */
  @Schema(name = "MyDeviceUpdate")
  record UpdateState(
      String state,
      Optional<String> version,
      Optional<String> step,
      OptionalInt progress,
      Optional<String> code,
      Optional<String> reason) {
    /** Nothing newer was offered. */
    public static final UpdateState INSTALLED =
        new UpdateState(
            "installed",
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty());
  }
}
