package io.towncrier.infra.cell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param domain the name that clients call; in China one with an ICP registration
 * @param iamCertificateId of its certificate in IAM, which CloudFront in China wants; else null
 * @param artifactPublicKeys PEMs of the RSA keys that verify signed URLs of artifacts; two while
 *     one takes the place of the other
 * @param requestsPerAddress that one IP address may make in five minutes
 */
public record EdgeSettings(
    String domain,
    @Nullable String iamCertificateId,
    List<String> artifactPublicKeys,
    int requestsPerAddress) {
  private static final int LEAST_OF_WAF = 10;
  private static final int MOST_KEYS = 5;

  public EdgeSettings {
    Settings.need(domain.contains("."), "not a domain: " + domain);
    artifactPublicKeys = List.copyOf(artifactPublicKeys);
    Settings.need(
        artifactPublicKeys.size() >= 1 && artifactPublicKeys.size() <= MOST_KEYS,
        "one to five keys verify signed URLs");
    Settings.need(
        artifactPublicKeys.stream().allMatch(key -> key.startsWith("-----BEGIN PUBLIC KEY-----")),
        "not a PEM");
    Settings.need(requestsPerAddress >= LEAST_OF_WAF, "WAF counts from ten requests on");
  }
}
