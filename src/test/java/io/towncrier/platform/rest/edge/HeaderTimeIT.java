package io.towncrier.platform.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("zoneless")
class HeaderTimeIT {
  @Inject @Any Instance<HttpServerOptionsCustomizer> customizers;

  @Test
  void theServerIsGivenABoundThatIsLongerThanTheLargestImportTakes() {
    HttpServerOptions plain = new HttpServerOptions().setIdleTimeout(120);
    HttpServerOptions secured = new HttpServerOptions().setIdleTimeout(120);
    customizers.forEach(one -> one.customizeHttpServer(plain));
    customizers.forEach(one -> one.customizeHttpsServer(secured));
    // 30 s, a second for each 32 KiB of 32 MiB, and the idle timeout.
    int seconds = 30 + 1024 + 120;
    assertThat(plain.getWriteIdleTimeout()).isEqualTo(seconds);
    assertThat(secured.getWriteIdleTimeout()).isEqualTo(seconds);
  }
}
