package io.towncrier.devices;

import io.towncrier.platform.LanguageTag;
import java.time.ZoneId;
import java.util.Optional;

/** What a push needs of a device, as of the moment its row was locked. */
public record PushTarget(
    String deviceId,
    Optional<String> account,
    Optional<PushAddress> address,
    ZoneId timeZone,
    LanguageTag language) {}
