package io.towncrier.delivery.getui;

import java.util.List;

/** A body of receipts: a line each. */
public record ReceiptLines(List<String> lines) {
  public ReceiptLines {
    lines = List.copyOf(lines);
  }

  /** Lines that hold nothing are none. */
  static ReceiptLines of(String body) {
    return new ReceiptLines(body.lines().filter(line -> !line.isBlank()).toList());
  }

  /** Without what Getui says: none of it is logged. */
  @Override
  public String toString() {
    return lines.size() + " lines";
  }
}
