package io.towncrier.installation;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What was erased, kept beside the witness, where no backup of the database reaches: keyed hashes
 * alone (docs/adr/0049). May block; fails when it cannot be reached.
 */
public interface ErasureLedger {
  /** Whether there is one. */
  boolean isKept();

  /** What all hashes are made with; made at the first use, and for ever the same. */
  byte[] key();

  /** Notes a hash; a second time it changes nothing. When this returns, it is safely written. */
  void note(String hash, LocalDate day);

  /** Every hash that was noted. */
  Set<String> hashes();

  /** The hash of an id; ids are random, so nobody finds one by trying. */
  static String hash(byte[] key, String kind, String id) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of()
          .formatHex(mac.doFinal((kind + '\0' + id).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA256", impossible);
    }
  }
}
