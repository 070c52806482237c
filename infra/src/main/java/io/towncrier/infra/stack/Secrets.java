package io.towncrier.infra.stack;

import io.towncrier.infra.cell.Cell;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.constructs.Construct;

/**
 * What the functions read when they start. They are made with a random value, and an operator puts
 * the real one in (README): a template never has it. None of them can be turned over by AWS, which
 * docs/adr/0020 tells why.
 */
final class Secrets {
  private final Construct scope;
  private final Keys keys;
  private final Cell cell;
  private final CfnSecret masterKey;
  private final CfnSecret signingKey;
  private final CfnSecret fcm;

  Secrets(CellStack stack, Cell cell, Keys keys) {
    this.scope = new Construct(stack, "Secrets");
    this.cell = cell;
    this.keys = keys;
    this.masterKey = secret("MasterKey", "key that personal data is encrypted with");
    this.signingKey = secret("SnapshotSigningKey", "key that signs the catalogue");
    this.fcm = secret("FcmCredentials", "service account of FCM");
  }

  String masterKey() {
    return masterKey.getRef();
  }

  String signingKey() {
    return signingKey.getRef();
  }

  String fcm() {
    return fcm.getRef();
  }

  // Not the CDK's own secret: it would write an endpoint of the wrong partition into the key.
  private CfnSecret secret(String id, String what) {
    CfnSecret secret =
        CfnSecret.Builder.create(scope, id)
            .description("Towncrier " + cell.name() + ": " + what)
            .kmsKeyId(keys.arn(Data.SECRETS))
            .generateSecretString(
                CfnSecret.GenerateSecretStringProperty.builder().passwordLength(64).build())
            .build();
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return secret;
  }
}
