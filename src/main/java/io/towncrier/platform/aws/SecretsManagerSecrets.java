package io.towncrier.platform.aws;

import io.towncrier.platform.Secrets;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Fetches secrets from AWS Secrets Manager, where a setting says so. Nothing is kept here: who asks
 * again gets what it was rotated to.
 */
@ApplicationScoped
class SecretsManagerSecrets implements Secrets {
  private static final String STORED = "secretsmanager:";

  private final AwsClients aws;

  SecretsManagerSecrets(AwsClients aws) {
    this.aws = aws;
  }

  @Override
  public String reveal(String setting) {
    if (!setting.startsWith(STORED)) {
      return setting;
    }
    String id = setting.substring(STORED.length());
    return aws.secrets().getSecretValue(r -> r.secretId(id)).secretString();
  }
}
