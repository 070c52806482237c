/**
 * Events over HTTPS, in the form of Standard Webhooks (standardwebhooks.com, specification 1.0).
 */
@NullMarked
package io.towncrier.events.webhook;

import org.jspecify.annotations.NullMarked;
