package io.towncrier.platform.auth;

import io.quarkus.security.credential.Credential;
import io.towncrier.platform.Secret;

/** What a caller showed as the secret of a device; whether it is, is another question. */
public record ShownSecret(Secret secret) implements Credential {}
