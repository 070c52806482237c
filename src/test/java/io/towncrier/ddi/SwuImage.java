package io.towncrier.ddi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A signed image as swupdate installs it: a cpio archive with a description, its signature and one
 * file.
 *
 * @param bytes of the archive
 * @param installed where the file is written
 */
record SwuImage(byte[] bytes, Path installed) {
  private static final int ALIGNED = 4;
  private static final String END = "TRAILER!!!";

  /** Makes the key and the certificate by which images of this folder are signed. */
  static void makeKey(Path folder) {
    run(
        folder,
        List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            "key.pem",
            "-out",
            "certificate.pem",
            "-days",
            "2",
            "-subj",
            "/CN=test",
            "-addext",
            "extendedKeyUsage=emailProtection",
            "-addext",
            "keyUsage=critical,digitalSignature,keyCertSign"));
  }

  /**
   * An image.
   *
   * @param whole whether the description tells the file's own hash
   */
  static SwuImage make(Path folder, String name, byte[] payload, boolean whole) {
    try {
      Path installed = folder.resolve(name + ".installed");
      String description =
          """
          software = { version = "2.0"; hardware-compatibility: [ "1.0" ];
           files: ( { filename = "payload"; path = "%s"; sha256 = "%s"; } ); }
          """
              .formatted(installed, whole ? sum("SHA-256", payload) : "0".repeat(64));
      Path text = Files.writeString(folder.resolve(name + ".description"), description);
      Path signature = folder.resolve(name + ".signature");
      run(
          folder,
          List.of(
              "openssl",
              "cms",
              "-sign",
              "-in",
              text.toString(),
              "-out",
              signature.toString(),
              "-signer",
              "certificate.pem",
              "-inkey",
              "key.pem",
              "-outform",
              "DER",
              "-nosmimecap",
              "-binary"));
      ByteArrayOutputStream archive = new ByteArrayOutputStream();
      entry(archive, "sw-description", Files.readAllBytes(text), 1);
      entry(archive, "sw-description.sig", Files.readAllBytes(signature), 2);
      entry(archive, "payload", payload, 3);
      entry(archive, END, new byte[0], 0);
      return new SwuImage(archive.toByteArray(), installed);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String sum(String algorithm) {
    return sum(algorithm, bytes);
  }

  private static String sum(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** In the form that cpio calls crc: a header of hexadecimal numbers, the name, the bytes. */
  private static void entry(ByteArrayOutputStream archive, String name, byte[] bytes, int inode) {
    long sum = 0;
    for (byte b : bytes) {
      sum += Byte.toUnsignedInt(b);
    }
    long[] header = {
      inode, 0100644, 0, 0, 1, 0, bytes.length, 0, 0, 0, 0, name.length() + 1, sum & 0xFFFFFFFFL
    };
    StringBuilder text = new StringBuilder("070702");
    for (long number : header) {
      text.append("%08X".formatted(number));
    }
    archive.writeBytes(
        text.append(name).append('\0').toString().getBytes(StandardCharsets.US_ASCII));
    pad(archive);
    archive.writeBytes(bytes);
    pad(archive);
  }

  private static void pad(ByteArrayOutputStream archive) {
    while (archive.size() % ALIGNED != 0) {
      archive.write(0);
    }
  }

  private static void run(Path folder, List<String> command) {
    try {
      Process tool =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (tool.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
