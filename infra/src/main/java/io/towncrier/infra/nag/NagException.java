package io.towncrier.infra.nag;

/**
 * One finding of a checker that stays, and why.
 *
 * @param rule as the checker names it, with the finding in brackets where it tells them apart
 * @param path of the construct in its stack
 * @param reason for the reviewer
 */
public record NagException(String rule, String path, String reason) {}
