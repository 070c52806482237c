package io.towncrier.updates.published;

import io.towncrier.releases.CatalogueStore.Revision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A catalogue document with its revision and the moment of its signature. As an object it is four
 * bytes that say what it is, an Ed25519 signature of the rest (64 bytes), and the rest: gzip of one
 * line {@code id number moment build} and the document. Nothing is unpacked before the signature
 * counts. Versions before wrote no build, and read none.
 *
 * @param build what has written it, as {@link io.towncrier.platform.build.BuiltFrom} tells
 * @param document as export writes it
 */
// Nobody compares two of them.
@SuppressWarnings("ArrayRecordComponent")
record SignedSnapshot(Revision revision, Instant signedAt, String build, byte[] document) {
  private static final byte[] MAGIC = "TCS1".getBytes(StandardCharsets.US_ASCII);
  // RFC 8032, section 5.1.6
  private static final int SIGNATURE_BYTES = 64;
  private static final int BODY = MAGIC.length + SIGNATURE_BYTES;

  byte[] sealed(PrivateKey key) {
    byte[] body = pack();
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(body);
      ByteArrayOutputStream out = new ByteArrayOutputStream(BODY + body.length);
      out.writeBytes(MAGIC);
      out.writeBytes(signature.sign());
      out.writeBytes(body);
      return out.toByteArray();
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException("the signing key cannot sign", unusable);
    }
  }

  /** Empty when it is no such object, or signed by nobody whom we trust. */
  static Optional<SignedSnapshot> open(byte[] object, List<PublicKey> trusted) {
    boolean ours =
        object.length > BODY
            && Arrays.equals(object, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
            && trusted.stream().anyMatch(key -> isSignedBy(object, key));
    return ours ? unpack(Arrays.copyOfRange(object, BODY, object.length)) : Optional.empty();
  }

  private static boolean isSignedBy(byte[] object, PublicKey key) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(object, BODY, object.length - BODY);
      return signature.verify(object, MAGIC.length, SIGNATURE_BYTES);
    } catch (GeneralSecurityException garbled) {
      return false;
    }
  }

  private byte[] pack() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(document.length / 4 + 256);
    try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
      String line = revision.id() + " " + revision.number() + " " + signedAt + " " + build + "\n";
      zip.write(line.getBytes(StandardCharsets.US_ASCII));
      zip.write(document);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }

  private static Optional<SignedSnapshot> unpack(byte[] body) {
    try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] all = zip.readAllBytes();
      int end = 0;
      while (all[end] != '\n') {
        end++;
      }
      String[] parts = new String(all, 0, end, StandardCharsets.US_ASCII).split(" ", -1);
      return Optional.of(
          new SignedSnapshot(
              new Revision(parts[0], Long.parseLong(parts[1])),
              Instant.parse(parts[2]),
              parts.length > 3 ? parts[3] : "",
              Arrays.copyOfRange(all, end + 1, all.length)));
    } catch (IOException
        | IndexOutOfBoundsException
        | NumberFormatException
        | DateTimeException other) {
      // Signed by us and not readable: by another version of us.
      return Optional.empty();
    }
  }
}
