package io.towncrier.infra.stack.data;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.CellStack;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.constructs.Construct;

/**
 * What the functions read when they start. They are made empty, and an operator puts the value in
 * (README): whatever a template had of it, one of its changes would write over the real one. None
 * of them can be turned over by AWS, which docs/adr/0020 tells why.
 */
public final class Secrets {
  // A header has it: no commas, no quotes.
  private static final CfnSecret.GenerateSecretStringProperty RANDOM =
      CfnSecret.GenerateSecretStringProperty.builder()
          .passwordLength(64)
          .excludePunctuation(true)
          .build();

  private final Construct scope;
  private final Keys keys;
  private final Cell cell;
  private final CfnSecret masterKey;
  private final CfnSecret signingKey;
  private final CfnSecret fcm;
  private final @Nullable CfnSecret getui;
  private final @Nullable CfnSecret consoleClient;
  private final @Nullable CfnSecret edge;

  public Secrets(CellStack stack, Cell cell, Keys keys) {
    this.scope = new Construct(stack, "Secrets");
    this.cell = cell;
    this.keys = keys;
    this.masterKey = secret("MasterKey", "key that personal data is encrypted with");
    this.signingKey = secret("SnapshotSigningKey", "key that signs the catalogue");
    this.fcm = secret("FcmCredentials", "service account of FCM");
    this.getui =
        cell.residency().pushesByGetui()
            ? secret("GetuiCredentials", "app, key and master secret of Getui")
            : null;
    this.consoleClient =
        cell.signIn().consoleHasSecret()
            ? secret("ConsoleClient", "what the console shows to the OIDC provider")
            : null;
    this.edge =
        cell.edge() == null ? null : secret("Edge", "what the CDN shows to the API", RANDOM);
  }

  public String masterKey() {
    return masterKey.getRef();
  }

  public String signingKey() {
    return signingKey.getRef();
  }

  public String fcm() {
    return fcm.getRef();
  }

  /** Where Getui pushes. */
  public Optional<String> getui() {
    return Optional.ofNullable(getui).map(CfnSecret::getRef);
  }

  /** Where people sign in to the console, and its client has a secret. */
  public Optional<String> consoleClient() {
    return Optional.ofNullable(consoleClient).map(CfnSecret::getRef);
  }

  /** By which the API knows the CDN, where there is one. This one stays as it was made. */
  public Optional<String> edge() {
    return Optional.ofNullable(edge).map(CfnSecret::getRef);
  }

  private CfnSecret secret(String id, String what) {
    return secret(id, what, null);
  }

  // Not the CDK's own secret: it would write an endpoint of the wrong partition into the key.
  private CfnSecret secret(
      String id, String what, CfnSecret.@Nullable GenerateSecretStringProperty made) {
    CfnSecret.Builder builder =
        CfnSecret.Builder.create(scope, id)
            .description("Towncrier " + cell.name() + ": " + what)
            .kmsKeyId(keys.arn(Data.SECRETS));
    if (made != null) {
      builder.generateSecretString(made);
    }
    CfnSecret secret = builder.build();
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    return secret;
  }
}
