package io.towncrier.devices;

/**
 * Which device a caller says it is, and the keyed hash of the secret that it showed. A statement
 * that is given one reads nothing unless the two belong together.
 *
 * @param id of a device, or one that nobody has
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on to be compared, never compared itself.
public record DeviceKey(String id, byte[] secretIndex) {}
