package io.towncrier.devices.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.towncrier.devices.Device;
import io.towncrier.devices.RegisterDevice;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Secret;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.updates.ReadFacts;
import io.towncrier.updates.UpdateAnswer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The JSON of the device endpoints. */
final class DeviceBodies {
  private DeviceBodies() {}

  record Registration(
      @Nullable String kind,
      @Nullable String product,
      @Nullable String version,
      @Nullable String identifier,
      @Nullable String ecv,
      @Nullable String country,
      @Nullable String timezone,
      @Nullable String language,
      @Nullable String channel,
      @Nullable String cohort,
      @Nullable String hardware,
      @Nullable String counter) {
    RegisterDevice.Application read() {
      InputReader input = new InputReader();
      Optional<Device.Kind> deviceKind = kind(input);
      String productId = input.text("product", product, 80);
      Optional<Secret> identifierText =
          input.optionalText("identifier", identifier, 200).map(Secret::new);
      Optional<Secret> ecvText = input.optionalText("ecv", ecv, 512).map(Secret::new);
      Device.Facts facts =
          facts(
              input,
              new ReadFacts(
                  version, country, timezone, language, channel, cohort, hardware, counter, null));
      return new RegisterDevice.Application(
          deviceKind.orElseThrow(), productId, facts, identifierText, ecvText);
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

  /** A device's facts must be complete: its days, its law and its words depend on them. */
  static Device.Facts facts(InputReader input, ReadFacts given) {
    ClientFacts facts = given.read(input);
    require(input, "country", given.country());
    require(input, "timezone", given.timezone());
    require(input, "language", given.language());
    input.finish();
    return new Device.Facts(
        facts.version(),
        facts.country().orElseThrow(),
        facts.timeZone().orElseThrow().getId(),
        facts.language().orElseThrow(),
        facts.channel(),
        facts.cohort(),
        facts.hardware(),
        facts.counter());
  }

  /** What is left out stays as it was. */
  static ReadFacts over(Device.Facts known, ReadFacts given) {
    return new ReadFacts(
        or(given.version(), known.version()),
        or(given.country(), known.country().value()),
        or(given.timezone(), known.timeZone()),
        or(given.language(), known.language().value()),
        or(given.channel(), known.channel()),
        given.cohort() != null ? given.cohort() : known.cohort().orElse(null),
        given.hardware() != null ? given.hardware() : known.hardware().orElse(null),
        given.counter() != null ? given.counter() : text(known.counter()),
        given.manual());
  }

  private static @Nullable String text(OptionalLong counter) {
    return counter.isPresent() ? Long.toString(counter.getAsLong()) : null;
  }

  private static void require(InputReader input, String field, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      input.reject(field, "is required");
    }
  }

  private static String or(@Nullable String given, String known) {
    return given != null ? given : known;
  }

  record Registered(String deviceId, String secret) {
    @Override
    public String toString() {
      return "Registered[" + deviceId + "]";
    }
  }

  record Shown(
      String deviceId,
      String kind,
      String product,
      String version,
      String country,
      String timezone,
      String language,
      String channel,
      Optional<String> cohort,
      Optional<String> hardware,
      OptionalLong counter,
      boolean linked,
      boolean pushAddress,
      Optional<LocalDate> pushAddressConfirmedOn,
      boolean pushAddressPending,
      boolean pushAddressStale,
      Instant registeredAt,
      LocalDate lastSeen,
      int revision) {
    static Shown of(Device device, boolean unseen) {
      Device.Facts facts = device.facts();
      return new Shown(
          device.id(),
          device.kind().name().toLowerCase(Locale.ROOT),
          device.product(),
          facts.version(),
          facts.country().value(),
          facts.timeZone(),
          facts.language().value(),
          facts.channel(),
          facts.cohort(),
          facts.hardware(),
          facts.counter(),
          device.linked(),
          device.push().hasAddress(),
          device.push().confirmedOn(),
          device.push().pending(),
          device.push().hasAddress() && unseen,
          device.registeredAt(),
          device.lastSeen(),
          device.revision());
    }
  }

  /** What a PATCH holds: what it leaves out stays, an empty cohort takes it away. */
  record FactsChange(
      @Nullable Integer revision,
      @Nullable String version,
      @Nullable String country,
      @Nullable String timezone,
      @Nullable String language,
      @Nullable String channel,
      @Nullable String cohort,
      @Nullable String hardware,
      @Nullable String counter) {
    Device.Facts read(Device.Facts known) {
      InputReader input = new InputReader();
      if (revision == null) {
        input.reject("revision", "is required");
      }
      return facts(
          input,
          over(
              known,
              new ReadFacts(
                  version, country, timezone, language, channel, cohort, hardware, counter, null)));
    }
  }

  record NewSecret(String secret) {
    @Override
    public String toString() {
      return "NewSecret[redacted]";
    }
  }

  record Checked(@JsonUnwrapped UpdateAnswer answer, long unreadNotices) {}

  record Pending(String state, Instant challengeExpiresAt) {}

  record Echo(@Nullable String challenge) {
    @Override
    public String toString() {
      return "Echo[redacted]";
    }
  }

  record PushAddressBody(@Nullable String provider, @Nullable String kind, @Nullable String value) {
    @Override
    public String toString() {
      return "PushAddressBody[" + provider + "]";
    }
  }
}
