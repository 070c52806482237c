package io.towncrier.ddi.enrolment;

import io.towncrier.devices.Device;
import io.towncrier.devices.DeviceSecrets;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.privacy.BlindIndex;
import io.towncrier.privacy.Indexes;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The keyed hashes of controllerIds and tokens. A controllerId is often a MAC address: it is kept
 * in no other form. A device's token is its secret, in whichever dialect it speaks.
 */
@ApplicationScoped
public class ControllerKeys {
  /** Letters, digits and what stands in serial numbers and addresses; at most 256 of them. */
  private static final Pattern CONTROLLER_ID = Pattern.compile("[A-Za-z0-9._:~@+-]{1,256}");

  private static final String CONTROLLER = "controller-id";
  private static final String TOKEN_HASH = "device-token-hash";
  private static final String GATEWAY = "gateway-token";

  private final DeviceSecrets secrets;
  private final BlindIndex index;

  ControllerKeys(DeviceSecrets secrets, BlindIndex index) {
    this.secrets = secrets;
    this.index = index;
  }

  /** Whether a device may have this controllerId. */
  public static boolean isControllerId(String text) {
    return CONTROLLER_ID.matcher(text).matches() && !isDeviceId(text);
  }

  /** Whether it is the id of a device that has registered by itself, and so is no controllerId. */
  private static boolean isDeviceId(String text) {
    return Ids.looksLike(Device.PREFIX, text);
  }

  /** What a statement compares for a TargetToken. */
  public ControllerKey target(Secret controllerId, Secret token) {
    return isDeviceId(controllerId.reveal())
        ? ofDevice(controllerId.reveal(), token)
        : new ControllerKey.Target(
            controllers(controllerId), secrets(token), index.all(TOKEN_HASH, sha256(token)));
  }

  /** The same for a device that has registered by itself. */
  public ControllerKey.Native ofDevice(String deviceId, Secret secret) {
    return new ControllerKey.Native(deviceId, secrets(secret));
  }

  /** The same for a GatewayToken. */
  public ControllerKey.Gateway gateway(Secret controllerId, Secret token) {
    return new ControllerKey.Gateway(controllers(controllerId), index.all(GATEWAY, token));
  }

  Indexes controllers(Secret controllerId) {
    return index.all(CONTROLLER, controllerId);
  }

  byte[] secret(Secret token) {
    return secrets(token).written();
  }

  private Indexes secrets(Secret token) {
    // Whatever id: only the hashes are looked at.
    return secrets.key(Device.PREFIX, token).secret();
  }

  /** Of a token of which only the SHA-256 is known, in lower-case hexadecimal. */
  byte[] tokenHash(Secret sha256) {
    return index.of(TOKEN_HASH, sha256);
  }

  byte[] gatewayToken(Secret token) {
    return index.of(GATEWAY, token);
  }

  private static Secret sha256(Secret token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(token.reveal().getBytes(StandardCharsets.UTF_8));
      return new Secret(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
