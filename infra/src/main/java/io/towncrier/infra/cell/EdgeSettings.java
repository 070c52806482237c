package io.towncrier.infra.cell;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * @param domain the name that clients call; in China one with an ICP registration
 * @param iamCertificateId of its certificate in IAM, which CloudFront in China wants; else null
 * @param artifactPublicKeys PEMs of the RSA keys that verify signed URLs of artifacts; two while
 *     one takes the place of the other
 * @param requestsPerAddress that one IP address may make in five minutes: no fewer than the service
 *     itself answers, as thousands of phones share the address of a carrier
 * @param minimumTls policy of CloudFront, none below TLS 1.2
 * @param certificateKey algorithm of the key of ACM's certificate; old routers know RSA alone
 */
public record EdgeSettings(
    String domain,
    @Nullable String iamCertificateId,
    List<String> artifactPublicKeys,
    int requestsPerAddress,
    String minimumTls,
    String certificateKey) {
  /** What the service answers of one source: 200 checks a second, for five minutes. */
  private static final int SERVICE_ANSWERS = 200 * 300;

  private static final int MOST_KEYS = 5;
  private static final Set<String> TLS = Set.of("TLSv1.2_2021", "TLSv1.2_2019", "TLSv1.2_2018");
  private static final Set<String> CERTIFICATE_KEYS = Set.of("RSA_2048", "EC_prime256v1");

  public EdgeSettings {
    Settings.need(domain.contains("."), "not a domain: " + domain);
    artifactPublicKeys = List.copyOf(artifactPublicKeys);
    Settings.need(
        artifactPublicKeys.size() >= 1 && artifactPublicKeys.size() <= MOST_KEYS,
        "one to five keys verify signed URLs");
    Settings.need(
        artifactPublicKeys.stream().allMatch(key -> key.startsWith("-----BEGIN PUBLIC KEY-----")),
        "not a PEM");
    Settings.need(
        requestsPerAddress >= SERVICE_ANSWERS,
        "the firewall refuses what the service answers: fewer than " + SERVICE_ANSWERS);
    Settings.need(TLS.contains(minimumTls), "TLS is one of " + TLS);
    Settings.need(
        CERTIFICATE_KEYS.contains(certificateKey), "a certificate has one of " + CERTIFICATE_KEYS);
  }
}
