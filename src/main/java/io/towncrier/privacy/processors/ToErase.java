package io.towncrier.privacy.processors;

import io.towncrier.privacy.Sealed;

/**
 * An address that a processor is to forget.
 *
 * @param id of the entry in the outbox
 * @param processor that keeps it
 * @param kind what the value is to the processor
 * @param deviceId for which the value is sealed
 * @param tries how often it was tried, this time included
 */
public record ToErase(
    String id, String processor, String kind, String deviceId, Sealed sealed, int tries) {}
