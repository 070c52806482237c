package io.towncrier.platform.rest.guards;

import io.towncrier.platform.InputReader;
import io.towncrier.platform.rest.body.SmallBody;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of an act that cannot be taken back. A stop must not fail for a missing word. */
@Schema(name = "Reasoned")
public record Reasoned(@Nullable Integer revision, @Nullable String reason) implements SmallBody {
  private static final int LONGEST = 500;

  /** A body that may be missing altogether. */
  public static Reasoned of(@Nullable Reasoned body) {
    return body == null ? new Reasoned(null, null) : body;
  }

  /** For the audit log; empty when nothing was said. A defect is noted. */
  public String reason(InputReader input) {
    return reason == null ? "" : input.visibleText("reason", reason, LONGEST);
  }
}
