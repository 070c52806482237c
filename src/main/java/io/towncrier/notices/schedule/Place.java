package io.towncrier.notices.schedule;

/**
 * Where devices are, as far as their clocks depend on it.
 *
 * @param zone as the device reported it; an IANA name, as a rule. Empty when it is not known
 * @param country ISO 3166-1 alpha-2; empty when it is not known
 */
public record Place(String zone, String country) {}
