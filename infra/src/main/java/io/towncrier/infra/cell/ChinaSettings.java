package io.towncrier.infra.cell;

import java.util.regex.Pattern;

/**
 * What a cell in China has to have before it is deployed.
 *
 * @param icpRecordal the number of the account's ICP recordal: without one API Gateway in China
 *     answers nobody who does not sign by IAM, with a CDN before it or not
 */
public record ChinaSettings(String icpRecordal) {
  private static final Pattern RECORDAL = Pattern.compile(".*ICP.*[0-9]{6,}.*");

  public ChinaSettings {
    Settings.need(
        RECORDAL.matcher(icpRecordal).matches(),
        "not the number of an ICP recordal: " + icpRecordal);
  }
}
