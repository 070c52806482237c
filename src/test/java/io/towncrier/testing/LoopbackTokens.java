package io.towncrier.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The token endpoint: which tokens it gave out, and which of them still count. */
final class LoopbackTokens {
  private static final String PREFIX = "Bearer t";

  private final AtomicInteger issued = new AtomicInteger();
  private volatile int revoked;
  private volatile Duration life = Duration.ofHours(1);
  private volatile LoopbackFcm.Answer instead;

  int issued() {
    return issued.get();
  }

  void revokeAll() {
    revoked = issued.get();
  }

  void life(Duration next) {
    life = next;
  }

  /** Null to give out tokens again. */
  void answerInstead(LoopbackFcm.Answer next) {
    instead = next;
  }

  LoopbackFcm.Answer next() {
    int number = issued.incrementAndGet();
    LoopbackFcm.Answer other = instead;
    return other != null
        ? other
        : new LoopbackFcm.Answer(
            200,
            "{\"access_token\":\"t%d\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
                .formatted(number, life.toSeconds()),
            Map.of());
  }

  boolean isValid(String authorization) {
    return authorization != null
        && authorization.startsWith(PREFIX)
        && Integer.parseInt(authorization.substring(PREFIX.length())) > revoked;
  }

  static Path serviceAccount(String project, String endpoint) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      String key =
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'})
                  .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
              + "\n-----END PRIVATE KEY-----\n";
      Map<String, String> account =
          Map.of(
              "type",
              "service_account",
              "project_id",
              project,
              "private_key_id",
              "k1",
              "private_key",
              key,
              "client_email",
              "sender@towncrier-test.example",
              "client_id",
              "1",
              "token_uri",
              endpoint + "/token");
      return Files.writeString(
          Files.createTempFile("service-account", ".json"),
          new ObjectMapper().writeValueAsString(account));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
