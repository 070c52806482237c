package io.towncrier.events.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.events.EventBus;
import io.towncrier.platform.aws.AwsClients;
import io.towncrier.platform.aws.AwsConfig;
import io.towncrier.platform.aws.SignedJson;
import io.towncrier.testing.Configs;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The client of buses, which calls loopback. */
public final class LoopbackBus {
  private static final Map<String, String> FUNCTION =
      Map.of(
          "aws.region", "eu-central-1",
          "aws.accessKeyId", "test",
          "aws.secretAccessKey", "test");

  private LoopbackBus() {}

  public static EventBus at(URI endpoint, Duration timeout) {
    AwsConfig config =
        Configs.of(
            AwsConfig.class,
            Map.of(
                "towncrier.aws.endpoint.events",
                endpoint.toString(),
                // None of the others is called.
                "towncrier.aws.endpoint.kms",
                "http://127.0.0.1:1",
                "towncrier.aws.request-timeout",
                timeout.toMillis() + "ms"));
    return new EventBridgeBus(new SignedJson(new AwsClients(config), config), new ObjectMapper());
  }

  /** What a function has in its environment. */
  public static void enterFunction() {
    FUNCTION.forEach(System::setProperty);
  }

  public static void leaveFunction() {
    List.copyOf(FUNCTION.keySet()).forEach(System::clearProperty);
  }
}
