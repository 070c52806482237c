package io.towncrier.ddi.rest;

import io.towncrier.ddi.enrolment.ControllerKeys;
import io.towncrier.ddi.enrolment.GatewayTokenStore;
import io.towncrier.ddi.enrolment.ImportControllers;
import io.towncrier.ddi.enrolment.ManageGatewayTokens;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Secret;
import io.towncrier.releases.Artifact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON by which operators bring routers that speak DDI. */
final class EnrolmentBodies {
  private static final int SHORTEST_TOKEN = 16;
  private static final int LONGEST_TOKEN = 256;

  private EnrolmentBodies() {}

  /** Routers of one product. */
  @Schema(name = "DeviceImport")
  record Import(@Nullable String product, @Nullable List<Router> devices) {
    List<ImportControllers.Entry> read(InputReader input) {
      List<Router> given = devices == null ? List.of() : devices;
      if (given.isEmpty() || given.size() > ImportControllers.MOST) {
        input.reject("devices", "must be 1 to " + ImportControllers.MOST + " devices");
        return List.of();
      }
      List<ImportControllers.Entry> entries = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < given.size(); i++) {
        String place = "devices[" + i + "].";
        Router router = given.get(i);
        if (router == null) {
          input.reject("devices[" + i + "]", "is required");
          continue;
        }
        if (router.controllerId() != null && !seen.add(router.controllerId())) {
          input.reject(place + "controllerId", "stands there twice");
        }
        router.read(place, input).ifPresent(entries::add);
      }
      return entries;
    }
  }

  /**
   * A router to import, by its token or the SHA-256 of that.
   *
   * @param tokenSha256 lower-case hexadecimal, in place of the token
   */
  @Schema(name = "DeviceToImport")
  record Router(
      @Nullable String controllerId,
      @Nullable String token,
      @Nullable String tokenSha256,
      @Nullable String country) {
    Optional<ImportControllers.Entry> read(String place, InputReader input) {
      int before = input.errorCount();
      if (controllerId == null || !ControllerKeys.isControllerId(controllerId)) {
        input.reject(
            place + "controllerId",
            "must be 1 to 256 letters, digits and . _ : ~ @ + -, and no device id");
      }
      if ((tokenSha256 == null) == (token == null)) {
        input.reject(place + "token", "is required, or tokenSha256 in its place");
      } else if (tokenSha256 != null && !Artifact.isSha256(tokenSha256)) {
        input.reject(place + "tokenSha256", "must be 64 lower-case hexadecimal digits");
      } else if (token != null && !isToken(token)) {
        input.reject(
            place + "token",
            "must be %d to %d visible characters of ASCII"
                .formatted(SHORTEST_TOKEN, LONGEST_TOKEN));
      }
      Optional<CountryCode> where = input.country(place + "country", country);
      String shown = tokenSha256 == null ? token : tokenSha256;
      return input.errorCount() > before || controllerId == null || shown == null
          ? Optional.empty()
          : Optional.of(
              new ImportControllers.Entry(
                  new Secret(controllerId), new Secret(shown), tokenSha256 != null, where));
    }

    private static boolean isToken(String text) {
      return text.length() >= SHORTEST_TOKEN
          && text.length() <= LONGEST_TOKEN
          && text.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    @Override
    public String toString() {
      return "Router[redacted]";
    }
  }

  /** The ids of what was imported, in the order given. */
  @Schema(name = "ImportedDevices")
  record Imported(List<String> deviceIds) {}

  /** What a gateway's token is to be for. */
  @Schema(name = "GatewayTokenRequest")
  record TokenRequest(@Nullable String product, @Nullable String country) {}

  /**
   * A gateway's token.
   *
   * @param country of the devices that it registers
   */
  @Schema(name = "GatewayToken")
  record Token(
      String id,
      String product,
      Optional<String> country,
      Instant createdAt,
      String createdBy,
      Optional<Instant> revokedAt) {
    static Token of(GatewayTokenStore.Token token) {
      return new Token(
          token.id(),
          token.product(),
          token.country().map(CountryCode::value),
          token.createdAt(),
          token.createdBy(),
          token.revokedAt());
    }
  }

  /** A new token, which is shown once. */
  @Schema(name = "MadeGatewayToken")
  record MadeToken(String id, String token) {
    static MadeToken of(ManageGatewayTokens.Made made) {
      return new MadeToken(made.token().id(), made.secret().reveal());
    }

    @Override
    public String toString() {
      return "MadeToken[" + id + "]";
    }
  }

  /** A page of tokens. */
  @Schema(name = "GatewayTokenList")
  record Tokens(List<Token> items, Optional<String> next, String total) {}
}
