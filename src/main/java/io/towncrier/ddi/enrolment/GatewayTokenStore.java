package io.towncrier.ddi.enrolment;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.time.Instant;
import java.util.Optional;

/** Keeps the tokens of gateways, as keyed hashes. */
public interface GatewayTokenStore {
  Uni<Void> add(Token token, byte[] index);

  /** Whether there was such a token that was not revoked. */
  Uni<Boolean> revoke(String id, String operator, Instant now);

  /** By their ids. */
  Uni<Page<Token>> list(PageRequest<String> request);

  /**
   * A token, without what it is.
   *
   * @param country of devices that it registers; empty when it is not known
   * @param createdBy subject of the operator
   */
  record Token(
      String id,
      String product,
      Optional<CountryCode> country,
      Instant createdAt,
      String createdBy,
      Optional<Instant> revokedAt) {}
}
