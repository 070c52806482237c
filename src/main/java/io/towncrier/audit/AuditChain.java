package io.towncrier.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** How each entry is tied to the one before it. */
public final class AuditChain {
  /** What stands before the first entry. */
  public static final String START = "0".repeat(64);

  private AuditChain() {}

  /**
   * The hash of an entry: SHA-256, in hexadecimal, over the hash before it and every field with its
   * length, so that nothing can be moved from one field into the next.
   */
  public static String next(String previous, long number, AuditEntry entry) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeLong(number);
      out.writeLong(entry.at().toEpochMilli());
      for (String field :
          List.of(previous, entry.actor(), entry.action(), entry.subject(), entry.detail())) {
        byte[] text = field.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
      }
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
