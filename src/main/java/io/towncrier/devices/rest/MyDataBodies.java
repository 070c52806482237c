package io.towncrier.devices.rest;

import io.towncrier.devices.AccountStore;
import io.towncrier.devices.Device;
import io.towncrier.devices.OwnDevices;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.Ids;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.rest.Revisioned;
import io.towncrier.platform.rest.SeenRevision;
import io.towncrier.platform.rest.body.ClientBody;
import io.towncrier.privacy.rights.Kept;
import io.towncrier.privacy.rights.Receipt;
import io.towncrier.updates.ReadFacts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON of what a person sees and corrects. */
final class MyDataBodies {
  private static final Set<String> CORRECTED = Set.of("country", "timezone", "language");
  private static final Set<String> BESIDE = Set.of("deviceId", "revision");

  private MyDataBodies() {}

  @Schema(name = "MyData")
  record Known(
      Optional<String> account,
      Optional<Instant> since,
      List<OwnDevice> devices,
      List<KeptData> kept,
      List<Cancelled> cancelled) {
    static Known of(Optional<OwnDevices.Known> known, List<Receipt> receipts) {
      return new Known(
          known.map(OwnDevices.Known::account),
          known.map(OwnDevices.Known::since),
          known.map(OwnDevices.Known::devices).orElse(List.of()).stream()
              .map(OwnDevice::of)
              .toList(),
          known.isEmpty() && receipts.isEmpty()
              ? List.of()
              : Arrays.stream(Kept.values()).map(KeptData::of).toList(),
          receipts.stream().map(Cancelled::of).toList());
    }
  }

  @Schema(name = "KeptData")
  record KeptData(String what, String words, List<String> purposes, List<String> retention) {
    static KeptData of(Kept kept) {
      return new KeptData(kept.code(), kept.words(), kept.purposes(), kept.retention());
    }
  }

  @Schema(name = "CancelledAccount")
  record Cancelled(String ground, Instant requestedAt, Instant eraseBy) {
    static Cancelled of(Receipt receipt) {
      return new Cancelled(receipt.ground().code(), receipt.requestedAt(), receipt.eraseBy());
    }
  }

  /** What somebody else may have done with a device's identifier, in plain words. */
  @Schema(name = "OtherRegistration")
  record OtherRegistration(Instant lastAt, long times, String meaning, String advice) {
    private static final String MEANING =
        "Somebody registered this device's identifier anew, and did not know the value by which it"
            + " was verified before. You may have done that yourself: by installing the app anew,"
            + " or by resetting the phone.";
    private static final String ADVICE =
        "If it was you, there is nothing to do. If not: nothing was given away, and your push"
            + " address and your notification alerts stay as they are. See whether every linked"
            + " device is yours, unlink what is not, and tell our support.";

    static OtherRegistration of(AccountStore.OtherEcv other) {
      return new OtherRegistration(other.lastAt(), other.times(), MEANING, ADVICE);
    }
  }

  @Schema(name = "MyDataDevice")
  record OwnDevice(
      String deviceId,
      String kind,
      String product,
      String version,
      boolean shared,
      Optional<String> country,
      Optional<String> timezone,
      Optional<String> language,
      Optional<List<String>> ignored,
      boolean pushAddress,
      Optional<OtherRegistration> otherRegistration,
      Instant registeredAt,
      LocalDate lastSeen,
      int revision)
      implements Revisioned {
    static OwnDevice of(OwnDevices.Own own) {
      return of(own, List.of());
    }

    static OwnDevice of(OwnDevices.Own own, List<String> ignored) {
      Device device = own.device();
      Optional<Device.Facts> where =
          own.isShared() ? Optional.empty() : Optional.of(device.facts());
      return new OwnDevice(
          device.id(),
          device.kind().name().toLowerCase(Locale.ROOT),
          device.product(),
          device.facts().version(),
          own.isShared(),
          where.flatMap(Device.Facts::country).map(CountryCode::value),
          where.flatMap(Device.Facts::timeZone),
          where.flatMap(Device.Facts::language).map(LanguageTag::value),
          ignored.isEmpty() ? Optional.empty() : Optional.of(ignored),
          device.push().hasAddress(),
          own.otherEcv().map(OtherRegistration::of),
          device.registeredAt(),
          device.lastSeen(),
          device.revision());
    }
  }

  /** What it leaves out stays, what is null or empty is taken away. */
  @Schema(name = "MyDataChange")
  record Correction(
      String deviceId,
      int revision,
      @Nullable String country,
      @Nullable String timezone,
      @Nullable String language) {
    static Correction of(@Nullable String ifMatch, ClientBody body) {
      InputReader input = new InputReader();
      body.names().stream()
          .filter(name -> !CORRECTED.contains(name) && !BESIDE.contains(name))
          .sorted()
          .forEach(name -> input.reject(name, "is not yours to correct here"));
      String id = input.text("deviceId", body.text("deviceId"), 64);
      if (!id.isEmpty() && !Ids.looksLike(Device.PREFIX, id)) {
        input.reject("deviceId", "is no device id");
      }
      Optional<Integer> told =
          input.parsed(
              "revision", body.text("revision"), Correction::number, "must be a whole number");
      int revision =
          input.errorCount() > 0 ? 0 : SeenRevision.required(input, ifMatch, told.orElse(null));
      if (body.names().stream().noneMatch(CORRECTED::contains)) {
        input.reject("body", "corrects nothing: give country, timezone or language");
      }
      input.finish();
      return new Correction(
          id, revision, body.text("country"), body.text("timezone"), body.text("language"));
    }

    ReadFacts facts() {
      return ReadFacts.of(
          fact ->
              switch (fact) {
                case COUNTRY -> country;
                case TIMEZONE -> timezone;
                case LANGUAGE -> language;
                default -> null;
              });
    }

    private static Optional<Integer> number(String text) {
      try {
        return Optional.of(Integer.parseInt(text));
      } catch (NumberFormatException malformed) {
        return Optional.empty();
      }
    }
  }
}
