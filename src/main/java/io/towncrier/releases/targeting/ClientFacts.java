package io.towncrier.releases.targeting;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.LanguageTag;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a client says of itself; nothing else about it is known to a decision.
 *
 * @param version the installed one, as reported
 * @param country where the device is used
 * @param timeZone in which its days begin
 * @param language of its user
 * @param channel that it follows
 * @param cohort opaque and stable per device, at most 64 characters
 * @param manual whether the user asked for the check
 */
public record ClientFacts(
    String version,
    Optional<CountryCode> country,
    Optional<ZoneId> timeZone,
    Optional<LanguageTag> language,
    String channel,
    Optional<String> cohort,
    boolean manual) {}
