package io.towncrier.delivery.console;

import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.PushProvider;
import io.towncrier.delivery.phone.CanonicalForm;
import io.towncrier.delivery.phone.PhoneKeys;
import io.towncrier.delivery.recall.CallsBack;
import io.towncrier.delivery.recall.Recall;
import io.towncrier.delivery.recall.RecallOutcome;
import io.towncrier.devices.address.ChallengePusher.Challenge;
import io.towncrier.platform.language.LocalizedText;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Prints what a phone would get; in dev mode and tests, no other build contains this. The address
 * stays sealed, the device id is masked.
 */
@IfBuildProfile(anyOf = {"dev", "test"})
@ApplicationScoped
class ConsoleProvider implements PushProvider, CallsBack {
  private static final Logger LOG = Logger.getLogger("push");
  private static final int SHOWN = 8;

  private final PrintedPushes printed;
  private final PhoneKeys keys;

  ConsoleProvider(PrintedPushes printed, PhoneKeys keys) {
    this.printed = printed;
    this.keys = keys;
  }

  @Override
  public boolean isConfigured() {
    return true;
  }

  @Override
  public boolean isFallback() {
    return true;
  }

  @Override
  public String name() {
    return "console";
  }

  @Override
  public String description() {
    return "console (prints what it would send; set TOWNCRIER_FCM_CREDENTIALS to send)";
  }

  @Override
  public Uni<DeliveryResult> challenge(Challenge challenge, Lease lease) {
    if (!lease.leaves(Duration.ZERO)) {
      return Uni.createFrom().item(new DeliveryResult.NotSent());
    }
    Map<String, String> data = challenge.data();
    printed.add(
        new PrintedPushes.Printed(challenge.deviceId(), Optional.empty(), Optional.empty(), data));
    // In full: who reads this console plays the phone.
    LOG.infof(
        "to %s (%s): for the app alone%n  data    %s",
        masked(challenge.deviceId()), challenge.address().provider(), json(data));
    return Uni.createFrom().item(new DeliveryResult.Accepted("console"));
  }

  @Override
  public Uni<DeliveryResult> send(PushMessage message, Lease lease) {
    if (!lease.leaves(Duration.ZERO)) {
      return Uni.createFrom().item(new DeliveryResult.NotSent());
    }
    LocalizedText.Text text = message.text().text();
    Map<String, String> data =
        withMac(message.deviceId(), message.data(), CanonicalForm.of(message.data(), text));
    printed.add(
        new PrintedPushes.Printed(
            message.deviceId(), Optional.of(text.title()), Optional.of(text.body()), data));
    LOG.infof(
        "to %s (%s, %s): notice %s%n  title   %s%n  body    %s%n  data    %s%n  held    for %s,"
            + " priority %s",
        masked(message.deviceId()),
        message.address().provider(),
        message.text().language(),
        message.notice(),
        text.title(),
        text.body(),
        json(data),
        message.ttl(),
        message.urgent() ? "high" : "normal");
    return Uni.createFrom().item(new DeliveryResult.Accepted("console"));
  }

  /** What was printed has been seen: nothing of it is held. */
  @Override
  public Uni<RecallOutcome> recall(Recall recall, Lease lease) {
    Map<String, String> data =
        withMac(recall.device(), recall.data(), CanonicalForm.of(recall.data()));
    printed.add(
        new PrintedPushes.Printed(recall.device(), Optional.empty(), Optional.empty(), data));
    LOG.infof("to %s: called back%n  data    %s", masked(recall.device()), json(data));
    return Uni.createFrom().item(new RecallOutcome.Unknown());
  }

  @Override
  public boolean callsBackTogether() {
    return true;
  }

  private Map<String, String> withMac(String device, Map<String, String> data, byte[] form) {
    Map<String, String> all = new TreeMap<>(data);
    all.put("mac", keys.mac(device, form));
    return all;
  }

  private static String masked(String device) {
    return device.substring(0, SHOWN) + "...";
  }

  private static String json(Map<String, String> data) {
    return new JsonObject(new TreeMap<String, Object>(data)).encode();
  }
}
