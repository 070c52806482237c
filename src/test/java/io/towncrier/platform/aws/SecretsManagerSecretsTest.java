package io.towncrier.platform.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.testing.Configs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

class SecretsManagerSecretsTest {
  private static final String ARN = "arn:of:secretsmanager:eu-central-1:1:secret:MasterKey-1a2b3c";

  private final List<String> asked = new ArrayList<>();
  private final SecretsManagerSecrets secrets =
      new SecretsManagerSecrets(
          new AwsClients(Configs.of(AwsConfig.class, Map.of())) {
            @Override
            SecretsManagerClient secrets() {
              return new Recording(asked);
            }
          });

  @Test
  void aSettingWithThePrefixIsFetchedByWhatFollowsItEachTime() {
    assertThat(secrets.reveal("secretsmanager:" + ARN)).isEqualTo("1 of " + ARN);
    assertThat(secrets.reveal("secretsmanager:" + ARN)).as("rotated").isEqualTo("2 of " + ARN);
  }

  @Test
  void anyOtherSettingIsTheSecretItself() {
    assertThat(secrets.reveal("c2VjcmV0c21hbmFnZXI6")).isEqualTo("c2VjcmV0c21hbmFnZXI6");
    assertThat(secrets.reveal(ARN)).isEqualTo(ARN);
    assertThat(asked).isEmpty();
  }

  private record Recording(List<String> asked) implements SecretsManagerClient {
    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
      asked.add(request.secretId());
      return GetSecretValueResponse.builder()
          .secretString(asked.size() + " of " + request.secretId())
          .build();
    }

    @Override
    public String serviceName() {
      return "secretsmanager";
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
