package io.towncrier.delivery.getui;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.PushAddress;
import io.towncrier.privacy.processors.ErasesAtProcessor;
import io.towncrier.privacy.processors.ToErase;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Getui's REST API v2 has no call that deletes a client id. The black list is none: the id would
 * stay there for good, and get no push when its phone is used by somebody else.
 */
@ApplicationScoped
class EraseClient implements ErasesAtProcessor {
  @Override
  public String processor() {
    return PushAddress.Kind.CID.provider();
  }

  @Override
  public Uni<Result> erase(ToErase what) {
    return Uni.createFrom().item(new Result.NotOffered());
  }
}
