package io.towncrier.platform;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;

/** Where no store of secrets is at hand. */
@DefaultBean
@ApplicationScoped
class PlainSecrets implements Secrets {
  @Override
  public String reveal(String setting) {
    return PLAIN.reveal(setting);
  }
}
