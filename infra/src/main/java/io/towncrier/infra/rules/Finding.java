package io.towncrier.infra.rules;

/**
 * A promise that a template breaks.
 *
 * @param rule its name
 * @param where stack and resource
 * @param what is wrong there
 */
public record Finding(String rule, String where, String what) {}
