package io.towncrier.devices.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.towncrier.devices.Device;
import io.towncrier.devices.RegisterDevice;
import io.towncrier.devices.checks.KeepKit;
import io.towncrier.devices.checks.PushReceipts;
import io.towncrier.devices.residency.CrossBorderConsent;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Secret;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.rest.Revisioned;
import io.towncrier.platform.rest.SeenRevision;
import io.towncrier.platform.rest.body.ClientBody;
import io.towncrier.privacy.MessageKey;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.Ignored;
import io.towncrier.updates.ReadFacts;
import io.towncrier.updates.UpdateAnswer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON of the device endpoints. */
final class DeviceBodies {
  private DeviceBodies() {}

  /** Needed are kind, product and version. */
  @Schema(name = "DeviceRegistration")
  record Registration(
      @Nullable String kind,
      @Nullable String product,
      @Nullable String identifier,
      @Nullable String ecv,
      @JsonUnwrapped CrossBorderBody crossBorder,
      @JsonUnwrapped ReadFacts facts,
      @Nullable String kit) {
    static Registration of(ClientBody body) {
      return new Registration(
          body.text("kind"),
          body.text("product"),
          body.text("identifier"),
          body.text("ecv"),
          CrossBorderBody.of(body),
          factsIn(body),
          body.text("kit"));
    }

    RegisterDevice.Application read() {
      InputReader input = new InputReader();
      Optional<Device.Kind> deviceKind = kind(input);
      String productId = input.text("product", product, 80);
      Optional<Secret> identifierText =
          input.optionalText("identifier", identifier, 200).map(Secret::new);
      Optional<Secret> ecvText = input.optionalText("ecv", ecv, 512).map(Secret::new);
      Optional<CrossBorderConsent> consent = crossBorder.read(input);
      ClientFacts read = facts.read(input);
      input.finish();
      return new RegisterDevice.Application(
          deviceKind.orElseThrow(),
          productId,
          read,
          identifierText,
          ecvText,
          consent,
          KeepKit.read(kit));
    }

    private Optional<Device.Kind> kind(InputReader input) {
      return input.parsed(
          "kind",
          input.text("kind", kind, 16),
          text ->
              switch (text) {
                case "phone" -> Optional.of(Device.Kind.PHONE);
                case "router" -> Optional.of(Device.Kind.ROUTER);
                default -> Optional.empty();
              },
          "must be phone or router");
    }
  }

  /** What a device says of itself in a check; what it leaves out stays. */
  @Schema(name = "DeviceFacts")
  record Facts(
      @JsonUnwrapped ReadFacts facts,
      @Nullable String bootId,
      @Nullable String kit,
      @Nullable List<ReceiptBodies.Receipt> deliveryReceipts,
      @Nullable String clock) {
    static Facts of(ClientBody body) {
      return new Facts(
          ReadFacts.of(fact -> body.text(fact.code())),
          body.text("bootId"),
          body.text("kit"),
          ReceiptBodies.in(body),
          body.text("clock"));
    }

    /** What cannot be read, or is no boot id, counts as not given. */
    Optional<String> boot() {
      return new InputReader().optionalText("bootId", bootId, 64);
    }

    List<PushReceipts.Receipt> pushReceipts() {
      return deliveryReceipts == null
          ? List.of()
          : deliveryReceipts.stream().map(ReceiptBodies.Receipt::read).toList();
    }

    /** By the app's own clock. */
    Optional<Instant> sentAt() {
      return ReceiptBodies.moment(clock);
    }
  }

  /** What a device says that lasts: not that its user asks. */
  private static ReadFacts factsIn(ClientBody body) {
    return ReadFacts.of(fact -> fact == Fact.MANUAL ? null : body.text(fact.code()));
  }

  @Schema(name = "RegisteredDevice")
  record Registered(
      String deviceId,
      String secret,
      String messageKey,
      int messageKeyGeneration,
      Optional<List<String>> ignored) {
    static Registered of(RegisterDevice.Registered made, MessageKey key) {
      return new Registered(
          made.deviceId(),
          made.secret().reveal(),
          key.text().reveal(),
          key.generation(),
          codes(made.ignored()));
    }

    @Override
    public String toString() {
      return "Registered[" + deviceId + "]";
    }
  }

  @Schema(name = "Device")
  record Shown(
      String deviceId,
      String kind,
      String product,
      String version,
      Optional<String> country,
      Optional<String> timezone,
      Optional<String> language,
      String channel,
      Optional<String> cohort,
      Optional<String> hardware,
      OptionalLong counter,
      Optional<List<String>> ignored,
      boolean linked,
      boolean pushAddress,
      Optional<LocalDate> pushAddressConfirmedOn,
      boolean pushAddressPending,
      boolean pushAddressStale,
      List<Reached> pushAddresses,
      Instant registeredAt,
      LocalDate lastSeen,
      int revision)
      implements Revisioned {
    static Shown of(Device device, boolean unseen, Ignored ignored) {
      Device.Facts facts = device.facts();
      return new Shown(
          device.id(),
          device.kind().name().toLowerCase(Locale.ROOT),
          device.product(),
          facts.version(),
          facts.country().map(CountryCode::value),
          facts.timeZone(),
          facts.language().map(LanguageTag::value),
          facts.channel(),
          facts.cohort(),
          facts.hardware(),
          facts.counter(),
          codes(ignored),
          device.linked(),
          device.push().hasAddress(),
          device.push().confirmedOn(),
          device.push().pending(),
          device.push().hasAddress() && unseen,
          Reached.of(device.push().addresses()),
          device.registeredAt(),
          device.lastSeen(),
          device.revision());
    }
  }

  /** Where a device is reached; never the address itself. */
  @Schema(name = "DevicePushAddress")
  record Reached(String provider, int preference, Optional<LocalDate> confirmedOn) {
    static List<Reached> of(List<Device.Reached> addresses) {
      List<Reached> shown = new ArrayList<>();
      for (Device.Reached one : addresses) {
        shown.add(new Reached(one.provider(), shown.size() + 1, one.confirmedOn()));
      }
      return shown;
    }
  }

  /** What a PATCH holds: what it leaves out stays, what is null or empty is taken away. */
  @Schema(name = "DeviceChange")
  record FactsChange(int revision, @JsonUnwrapped ReadFacts facts) {
    static FactsChange of(@Nullable String ifMatch, ClientBody body) {
      InputReader input = new InputReader();
      Optional<Integer> told =
          input.parsed(
              "revision", body.text("revision"), FactsChange::number, "must be a whole number");
      int revision =
          input.errorCount() > 0 ? 0 : SeenRevision.required(input, ifMatch, told.orElse(null));
      ReadFacts facts = factsIn(body);
      // Told together with what else is wrong.
      facts.orVersion("unchanged").read(input);
      input.finish();
      return new FactsChange(revision, facts);
    }

    ClientFacts read(Device.Facts known) {
      return facts.orVersion(known.version()).read(new InputReader());
    }

    private static Optional<Integer> number(String text) {
      try {
        return Optional.of(Integer.parseInt(text));
      } catch (NumberFormatException malformed) {
        return Optional.empty();
      }
    }
  }

  @Schema(name = "DeviceSecret")
  record NewSecret(String secret, String messageKey, int messageKeyGeneration) {
    static NewSecret of(Secret secret, MessageKey key) {
      return new NewSecret(secret.reveal(), key.text().reveal(), key.generation());
    }

    @Override
    public String toString() {
      return "NewSecret[redacted]";
    }
  }

  @Schema(name = "MessageKey")
  record KeyOfMessages(String messageKey, int messageKeyGeneration) {
    static KeyOfMessages of(MessageKey key) {
      return new KeyOfMessages(key.text().reveal(), key.generation());
    }

    @Override
    public String toString() {
      return "KeyOfMessages[" + messageKeyGeneration + "]";
    }
  }

  @Schema(name = "DeviceUpdateAnswer")
  record Checked(
      @JsonUnwrapped UpdateAnswer answer,
      long unreadNotices,
      Optional<ReceiptBodies.Taken> deliveryReceipts) {}

  private static Optional<List<String>> codes(Ignored ignored) {
    return ignored.isEmpty() ? Optional.empty() : Optional.of(ignored.codes());
  }

  @Schema(name = "PendingPushAddress")
  record Pending(String state, Instant challengeExpiresAt) {}

  @Schema(name = "PushAddressProof")
  record Echo(@Nullable String challenge) {
    @Override
    public String toString() {
      return "Echo[redacted]";
    }
  }

  @Schema(name = "PushAddress")
  record PushAddressBody(@Nullable String provider, @Nullable String kind, @Nullable String value) {
    @Override
    public String toString() {
      return "PushAddressBody[" + provider + "]";
    }
  }

  @Schema(name = "PlacedPushAddress")
  record PlacedAddressBody(
      @Nullable String kind, @Nullable String value, @Nullable Integer preference) {
    @Override
    public String toString() {
      return "PlacedAddressBody[" + kind + "]";
    }
  }
}
