package io.towncrier.infra.cell;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * @param domain the name that clients call; in China one with an ICP registration
 * @param iamCertificateId of its certificate in IAM, which CloudFront in China wants; else null
 * @param requestsPerAddress that one IP address may make in five minutes: no fewer than the service
 *     itself answers, as thousands of phones share the address of a carrier
 * @param minimumTls policy of CloudFront, none below TLS 1.2
 * @param certificateKey algorithm of the key of ACM's certificate; old routers know RSA alone
 */
public record EdgeSettings(
    String domain,
    @Nullable String iamCertificateId,
    int requestsPerAddress,
    String minimumTls,
    String certificateKey) {
  /** What the service answers of one source: 200 checks a second, for five minutes. */
  private static final int SERVICE_ANSWERS = 200 * 300;

  private static final Set<String> TLS = Set.of("TLSv1.2_2021", "TLSv1.2_2019", "TLSv1.2_2018");
  private static final Set<String> CERTIFICATE_KEYS = Set.of("RSA_2048", "EC_prime256v1");

  public EdgeSettings {
    Settings.need(domain.contains("."), "not a domain: " + domain);
    Settings.need(
        requestsPerAddress >= SERVICE_ANSWERS,
        "the firewall refuses what the service answers: fewer than " + SERVICE_ANSWERS);
    Settings.need(TLS.contains(minimumTls), "TLS is one of " + TLS);
    Settings.need(
        CERTIFICATE_KEYS.contains(certificateKey), "a certificate has one of " + CERTIFICATE_KEYS);
  }
}
