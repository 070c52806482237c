package io.towncrier.delivery.vendors;

import java.util.List;

/** What a provider says when it is asked what vendors let us push. */
public sealed interface QuotaAnswer {
  /** Of each vendor that sets a limit. */
  record Told(List<VendorQuota> quotas) implements QuotaAnswer {
    public Told {
      quotas = List.copyOf(quotas);
    }
  }

  /** Nothing, and why: a code as for a push that is refused. */
  record NotTold(String code) implements QuotaAnswer {}
}
