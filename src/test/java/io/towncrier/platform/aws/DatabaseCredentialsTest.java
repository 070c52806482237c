package io.towncrier.platform.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class DatabaseCredentialsTest {
  private static final URI DATABASE =
      URI.create("postgresql://proxy.example.eu-central-1.rds.amazonaws.com/towncrier");

  @BeforeEach
  void region() {
    System.setProperty("aws.region", "eu-central-1");
  }

  @AfterEach
  void noRegion() {
    System.clearProperty("aws.region");
  }

  @Test
  void theTokenIsASignedRequestToConnectAsThisUserForAQuarterOfAnHour() {
    String token = token("towncrier");
    assertThat(token)
        .startsWith("proxy.example.eu-central-1.rds.amazonaws.com:5432/?")
        .contains("Action=connect")
        .contains("DBUser=towncrier")
        .contains("X-Amz-Algorithm=AWS4-HMAC-SHA256")
        .contains("X-Amz-Expires=900")
        .contains("%2Feu-central-1%2Frds-db%2Faws4_request")
        .contains("X-Amz-Security-Token=session")
        .contains("X-Amz-SignedHeaders=host")
        .containsPattern("X-Amz-Signature=[0-9a-f]{64}")
        .doesNotContain("https://")
        .doesNotContain("top-secret");
    assertThat(token("towncrier_owner")).isNotEqualTo(token);
  }

  private static String token(String user) {
    return DatabaseCredentials.token(
        DATABASE,
        user,
        StaticCredentialsProvider.create(
            AwsSessionCredentials.create("AKID", "top-secret", "session")));
  }
}
