package io.towncrier.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.PushProviders;
import io.towncrier.platform.Secret;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.editing.ImportCatalogue;
import io.towncrier.releases.json.CatalogueReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What happens once the server is up: a sample to try in dev mode, and a word to the operator. */
@ApplicationScoped
class FirstStart {
  private static final Logger LOG = Logger.getLogger(FirstStart.class);

  private final CatalogueStore catalogue;
  private final ImportCatalogue importCatalogue;
  private final OperatorToken operatorToken;
  private final PushProviders providers;
  private final ObjectMapper json;
  private final Greeting greeting;

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
    Optional<Secret> token = operatorToken.makeIfMissing();
    String push = providers.current().description();
    boolean dev = LaunchMode.current() == LaunchMode.DEVELOPMENT;
    if (dev) {
      VertxContextSupport.subscribeAndAwait(this::loadSample);
    }
    if (LaunchMode.current() != LaunchMode.TEST) {
      LOG.info(greeting.text(push, token, dev));
    }
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
