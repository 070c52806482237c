package io.towncrier.devices.residency;

import java.time.Instant;

/**
 * What a user was told and has agreed to before data cross a border.
 *
 * @param data what crosses it
 * @param recipient who gets them
 * @param textVersion of the text that was shown
 * @param language of the text that was shown, a BCP 47 tag
 * @param givenAt when the user agreed
 */
public record CrossBorderConsent(
    String data, String recipient, String textVersion, String language, Instant givenAt) {}
