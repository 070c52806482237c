package io.towncrier.infra.stack.edge;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.cell.EdgeSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import software.amazon.awscdk.services.cloudfront.CfnKeyGroup;
import software.amazon.awscdk.services.cloudfront.CfnPublicKey;
import software.constructs.Construct;

/**
 * Whose signatures on URLs of artifacts the CDN believes. A key is named by its content: CloudFront
 * changes none, so another one is a new thing beside the old.
 */
final class Signers {
  private Signers() {}

  static CfnKeyGroup of(Construct scope, Cell cell, EdgeSettings settings) {
    List<String> keys =
        settings.artifactPublicKeys().stream().map(pem -> key(scope, cell, pem).getRef()).toList();
    return CfnKeyGroup.Builder.create(scope, "ArtifactSigners")
        .keyGroupConfig(
            CfnKeyGroup.KeyGroupConfigProperty.builder()
                .name(cell.named("artifacts"))
                .items(keys)
                .build())
        .build();
  }

  private static CfnPublicKey key(Construct scope, Cell cell, String pem) {
    String name = cell.named("artifacts-" + fingerprint(pem));
    return CfnPublicKey.Builder.create(scope, "ArtifactKey-" + fingerprint(pem))
        .publicKeyConfig(
            CfnPublicKey.PublicKeyConfigProperty.builder()
                .name(name)
                .callerReference(name)
                .encodedKey(pem)
                .build())
        .build();
  }

  private static String fingerprint(String pem) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(pem.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
