package io.towncrier.devices;

import io.towncrier.privacy.Indexes;

/**
 * Which device a caller says it is, and the keyed hashes of the secret that it showed. A statement
 * that is given one reads nothing unless the two belong together.
 *
 * @param id of a device, or one that nobody has
 */
public record DeviceKey(String id, Indexes secret) {}
