package io.towncrier.infra.stack.edge;

import java.util.List;

/**
 * One of AWS's rule groups that look at requests, with the rules of it that count only. Nobody is
 * refused at the edge for what the service itself accepts: a device without a {@code User-Agent}, a
 * fact that is any text, a notice with markup or with the address of an attack in it, an artifact
 * that is a configuration. What is left refuses paths, methods and hosts that no client of ours
 * sends (AWS WAF Developer Guide, "Baseline rule groups", "IP reputation rule groups").
 *
 * @param named as AWS calls it
 * @param countsOnly whether nothing of it refuses
 * @param counted the rules of it that refuse nothing
 */
record RuleGroup(String named, boolean countsOnly, List<String> counted) {
  static final List<RuleGroup> ALL =
      List.of(
          // As a whole: a router that somebody has taken over needs its security update most.
          new RuleGroup("AWSManagedRulesAmazonIpReputationList", true, List.of()),
          // A notice may tell of the very attack that these look for, and a fact is any text.
          refusing(
              "AWSManagedRulesKnownBadInputsRuleSet",
              "JavaDeserializationRCE_QUERYSTRING",
              "Log4JRCE_QUERYSTRING",
              "JavaDeserializationRCE_BODY",
              "Log4JRCE_BODY",
              // RAUC says facts in headers, and a secret or a tag may hold any run of letters.
              "JavaDeserializationRCE_HEADER",
              "Log4JRCE_HEADER"),
          refusing(
              "AWSManagedRulesCommonRuleSet",
              "NoUserAgent_HEADER",
              "UserAgent_BadBots_HEADER",
              // The service has its own limits, of a catalogue too, which is longer than 8 KB.
              "SizeRestrictions_QUERYSTRING",
              "SizeRestrictions_Cookie_HEADER",
              "SizeRestrictions_BODY",
              // Facts are any text, and are compared, never opened, included or shown as markup.
              "EC2MetaDataSSRF_QUERYARGUMENTS",
              "GenericLFI_QUERYARGUMENTS",
              "GenericRFI_QUERYARGUMENTS",
              "RestrictedExtensions_QUERYARGUMENTS",
              // Operators name artifacts and products: ax3000.cfg is one to download.
              "RestrictedExtensions_URIPATH",
              "CrossSiteScripting_QUERYARGUMENTS",
              // So are the texts of notices and releases, which also have addresses in them.
              "EC2MetaDataSSRF_BODY",
              "GenericLFI_BODY",
              "GenericRFI_BODY",
              "CrossSiteScripting_BODY"));

  private static RuleGroup refusing(String named, String... allBut) {
    return new RuleGroup(named, false, List.of(allBut));
  }
}
