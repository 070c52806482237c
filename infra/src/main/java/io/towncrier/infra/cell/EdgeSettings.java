package io.towncrier.infra.cell;

import org.jspecify.annotations.Nullable;

/**
 * @param domain the name that clients call; in China one with an ICP registration
 * @param iamCertificateId of its certificate in IAM, which CloudFront in China wants; else null
 * @param artifactPublicKey PEM of the RSA key that verifies signed URLs of artifacts
 * @param requestsPerAddress that one IP address may make in five minutes
 */
public record EdgeSettings(
    String domain,
    @Nullable String iamCertificateId,
    String artifactPublicKey,
    int requestsPerAddress) {
  private static final int LEAST_OF_WAF = 10;

  public EdgeSettings {
    Settings.need(domain.contains("."), "not a domain: " + domain);
    Settings.need(artifactPublicKey.startsWith("-----BEGIN PUBLIC KEY-----"), "not a PEM");
    Settings.need(requestsPerAddress >= LEAST_OF_WAF, "WAF counts from ten requests on");
  }
}
