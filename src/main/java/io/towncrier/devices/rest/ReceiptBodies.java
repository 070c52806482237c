package io.towncrier.devices.rest;

import io.towncrier.devices.checks.PushReceipts;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.rest.body.ClientBody;
import io.towncrier.platform.time.Moments;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON of what an app says of pushes. */
final class ReceiptBodies {
  private static final int LONGEST = 64;

  private ReceiptBodies() {}

  /** Those in the body of a check, in their order. */
  static List<Receipt> in(ClientBody body) {
    return body.objects("deliveryReceipts").stream().map(Receipt::of).toList();
  }

  /** What cannot be read is none. */
  static Optional<Instant> moment(@Nullable String text) {
    return Moments.read(new InputReader(), "at", text);
  }

  /** What became of one push. */
  @Schema(name = "DeliveryReceipt")
  record Receipt(
      @Nullable String notice,
      @Nullable String step,
      @Nullable String at,
      @Nullable String reason) {
    static Receipt of(Map<String, String> members) {
      return new Receipt(
          members.get("notice"), members.get("step"), members.get("at"), members.get("reason"));
    }

    PushReceipts.Receipt read() {
      return new PushReceipts.Receipt(text(notice), text(step), moment(at), text(reason));
    }

    private static Optional<String> text(@Nullable String member) {
      return new InputReader().optionalText("deliveryReceipts", member, LONGEST);
    }
  }

  /** What the app is to do with what it has sent. */
  @Schema(name = "DeliveryReceiptsTaken")
  record Taken(boolean recorded, List<Integer> again) {
    static Taken of(PushReceipts.Taken taken) {
      return new Taken(taken.recorded(), taken.again());
    }
  }
}
