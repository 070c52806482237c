package io.towncrier.delivery.recall;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.PushContent;
import io.towncrier.delivery.StillWanted;
import io.towncrier.delivery.recall.Recalls.AboutRelease;
import io.towncrier.delivery.recall.Recalls.Intent;
import io.towncrier.delivery.recall.Recalls.Unwanted;
import io.towncrier.devices.Device;
import io.towncrier.devices.DeviceStore;
import io.towncrier.devices.PushTarget;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Of a device that has another version: which pushes a claim at this moment would not send. */
@ApplicationScoped
class FindUnwanted {
  private final Recalls recalls;
  private final DeviceStore devices;
  private final StillWanted wanted;

  FindUnwanted(Recalls recalls, DeviceStore devices, StillWanted wanted) {
    this.recalls = recalls;
    this.devices = devices;
    this.wanted = wanted;
  }

  /** Marks them, and removes the intent. */
  Uni<Void> expand(Intent updated) {
    return devices
        .find(updated.of())
        .chain(
            found ->
                found.isPresent()
                    ? unwantedOf(found.get())
                    : Uni.createFrom().item(List.<Unwanted>of()))
        .chain(unwanted -> recalls.expand(updated, unwanted));
  }

  private Uni<List<Unwanted>> unwantedOf(Device device) {
    return recalls
        .aboutReleases(device.id())
        .chain(
            pushes ->
                pushes.isEmpty()
                    ? Uni.createFrom().item(List.<Unwanted>of())
                    : wanted.now().map(asked -> unwanted(pushes, asked, targetOf(device))));
  }

  /** Pure. What is only held back for now is wanted again, and stays. */
  static List<Unwanted> unwanted(
      List<AboutRelease> pushes,
      BiFunction<PushContent.Release, PushTarget, StillWanted.Answer> asked,
      PushTarget about) {
    return pushes.stream()
        .flatMap(
            push ->
                asked.apply(push.release(), about) instanceof StillWanted.Answer.Unwanted no
                    ? Stream.of(new Unwanted(push.notice(), push.device(), no.reason().code()))
                    : Stream.empty())
        .toList();
  }

  /** What is asked looks at the product and the facts alone. */
  private static PushTarget targetOf(Device device) {
    return new PushTarget(
        device.id(),
        device.product(),
        device.product(),
        device.facts(),
        List.of(),
        Optional.empty(),
        false);
  }
}
