package io.towncrier.delivery.fcm;

import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.credentials.AccountFile;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.time.InstantSource;

/** What all messages share: an event loop, connections and a token. */
record FcmLine(
    ContextInternal loop,
    FcmStreams streams,
    AccessTokens tokens,
    InstantSource clock,
    Duration timeout) {
  static FcmLine of(
      FcmConfig config,
      AccountFile<ServiceAccount> accounts,
      InstantSource clock,
      ContextInternal loop) {
    return new FcmLine(
        loop,
        new FcmStreams(config, loop),
        new AccessTokens(accounts, clock, loop),
        clock,
        config.requestTimeout());
  }

  String path(String project) {
    return "/v1/projects/" + project + "/messages:send";
  }
}
