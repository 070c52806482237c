package io.towncrier.notices.preview;

import io.towncrier.delivery.TextVariables;
import io.towncrier.notices.text.Details;
import io.towncrier.platform.language.LocalizedText;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What would happen.
 *
 * @param addressed devices that find it in-app, unless they switched its category off there
 * @param pushed those of them that also get a push
 * @param suppressed those that do not, by reason
 * @param texts as they will be read on the sample
 * @param advice likewise, of an incident
 * @param sample what stands for the variables: an addressed device
 * @param expectedSeconds until the last is sent, from its start on: the hour of its place, the
 *     spread, the quota as it grows
 * @param unreachable of an incident: those that no push may reach and that were not seen for long
 * @param vendors of devices in China, if some are pushed to: what vendors of phones may do with it
 */
@Schema(name = "NoticePreview")
public record Preview(
    long addressed,
    long pushed,
    Map<String, Long> suppressed,
    Map<String, Long> byCountry,
    Map<String, Long> byLanguage,
    Map<String, LocalizedText.Text> texts,
    Optional<Map<String, Details.Advice>> advice,
    TextVariables sample,
    long expectedSeconds,
    Optional<Long> unreachable,
    Optional<Boolean> publicAnnouncementNeeded,
    Optional<VendorOutlook> vendors) {}
