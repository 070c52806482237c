package io.towncrier.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.quarkus.vertx.http.HttpServerStart;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.PushProviders;
import io.towncrier.platform.Secret;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.editing.ImportCatalogue;
import io.towncrier.releases.json.CatalogueReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** A sample to try in dev mode, an operator token, and a word to the operator once it listens. */
@ApplicationScoped
class FirstStart {
  private static final Logger LOG = Logger.getLogger(FirstStart.class);

  private final CatalogueStore catalogue;
  private final ImportCatalogue importCatalogue;
  private final OperatorToken operatorToken;
  private final PushProviders providers;
  private final ObjectMapper json;
  private final Greeting greeting;
  private volatile Optional<Secret> made = Optional.empty();
  private volatile String push = "";

  FirstStart(
      CatalogueStore catalogue,
      ImportCatalogue importCatalogue,
      OperatorToken operatorToken,
      PushProviders providers,
      ObjectMapper json,
      Greeting greeting) {
    this.catalogue = catalogue;
    this.importCatalogue = importCatalogue;
    this.operatorToken = operatorToken;
    this.providers = providers;
    this.json = json;
    this.greeting = greeting;
  }

  void started(@Observes StartupEvent event) throws Throwable {
    made = operatorToken.makeIfMissing();
    push = providers.description();
    if (isDev()) {
      VertxContextSupport.subscribeAndAwait(this::loadSample);
    }
  }

  void listens(@ObservesAsync HttpServerStart event) {
    if (LaunchMode.current() != LaunchMode.TEST) {
      LOG.info(greeting.text(push, made, isDev()));
    }
  }

  private static boolean isDev() {
    return LaunchMode.current() == LaunchMode.DEVELOPMENT;
  }

  private Uni<Void> loadSample() {
    return catalogue
        .load()
        .chain(
            content ->
                content.products().isEmpty()
                    ? importCatalogue.run(sample(), "sample").replaceWithVoid()
                    : Uni.createFrom().voidItem());
  }

  private Catalogue sample() {
    try (InputStream in = FirstStart.class.getResourceAsStream("/sample-catalogue.json")) {
      return new CatalogueReader().read(json.readTree(in));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
