package io.towncrier.delivery.vendors;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps what vendors let us push, for all instances: one of them asks. */
public interface VendorQuotas {
  /** Empty before the first time that somebody asks with this account. */
  Uni<Optional<Kept>> find(String account);

  /** Whether it is time to ask again, and the caller is the one who does. */
  Uni<Boolean> takeTurn(String account);

  /** What was answered; without an answer the quotas of before stay. */
  Uni<Void> keep(String account, QuotaAnswer answer);

  /**
   * What is known.
   *
   * @param askedAt when somebody last asked
   * @param notTold why that told nothing
   * @param toldAt from when the quotas are
   */
  record Kept(
      Instant askedAt,
      Optional<String> notTold,
      Optional<Instant> toldAt,
      List<VendorQuota> quotas) {
    public Kept {
      quotas = List.copyOf(quotas);
    }

    /** Vendors of which little is left; what is old says nothing of today. */
    public List<VendorQuota> low() {
      return notTold.isPresent() ? List.of() : quotas.stream().filter(VendorQuota::isLow).toList();
    }
  }
}
