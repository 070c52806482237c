package io.towncrier.devices.rest;

import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.ChangePushAddress.Brought;
import io.towncrier.devices.residency.Residency;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Secret;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A push address as a device gives it.
 *
 * @param kind empty where it could not be read, which the reader was told
 */
record GivenAddress(String provider, Optional<PushAddress.Kind> kind, Secret value) {
  // FCM registration tokens have no documented bound; the longest seen are below 300 characters.
  private static final int MAX_ADDRESS = 4096;
  private static final int MAX_NAME = 16;
  // They have 32; what is in one goes into a URL of Getui's in some calls.
  private static final Pattern CID = Pattern.compile("[0-9A-Za-z]{16,64}");

  static GivenAddress read(
      InputReader input,
      @Nullable String providerText,
      @Nullable String kindText,
      @Nullable String valueText,
      Residency residency) {
    String provider = provider(input, providerText);
    if (PushAddress.PROVIDERS.contains(provider) && !residency.allowsProvider(provider)) {
      input.reject("provider", "is not allowed in this cell: pushes of it would leave the country");
    }
    Optional<PushAddress.Kind> kind =
        input.parsed(
            "kind",
            input.text("kind", kindText, MAX_NAME),
            GivenAddress::kind,
            "must be token, fid or cid");
    String value = input.text("value", valueText, MAX_ADDRESS);
    kind.ifPresent(of -> check(input, provider, of, value));
    return new GivenAddress(provider, kind, new Secret(value));
  }

  /** Any that there can be, whether or not this cell may use it. */
  static String provider(InputReader input, @Nullable String text) {
    String provider = input.text("provider", text, MAX_NAME);
    if (!provider.isEmpty() && !PushAddress.PROVIDERS.contains(provider)) {
      input.reject("provider", "must be " + String.join(" or ", PushAddress.PROVIDERS));
    }
    return provider;
  }

  /** As {@link Brought}; once everything could be read. */
  Brought brought(boolean isAlone, Optional<Integer> preference) {
    return new Brought(provider, kind.orElseThrow(), value, isAlone, preference);
  }

  private static void check(
      InputReader input, String provider, PushAddress.Kind kind, String value) {
    if (PushAddress.PROVIDERS.contains(provider) && !kind.provider().equals(provider)) {
      input.reject("kind", "is no kind of address of " + provider);
    } else if (kind == PushAddress.Kind.CID && !value.isEmpty() && !CID.matcher(value).matches()) {
      input.reject("value", "is no client id of Getui: letters and digits");
    }
  }

  private static Optional<PushAddress.Kind> kind(String text) {
    return switch (text) {
      case "token" -> Optional.of(PushAddress.Kind.TOKEN);
      case "fid" -> Optional.of(PushAddress.Kind.FID);
      case "cid" -> Optional.of(PushAddress.Kind.CID);
      default -> Optional.empty();
    };
  }
}
