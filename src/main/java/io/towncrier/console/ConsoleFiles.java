package io.towncrier.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * The console's files as browsers get them: scripts, styles and texts under an address that changes
 * with any of them, and the document that names it. {@code console/files.txt} lists them.
 */
public final class ConsoleFiles {
  /** Below it stand the files, behind their fingerprint. */
  public static final String BASE = "/console/a/";

  private static final String FOLDER = "/console/";
  private static final String LIST = "files.txt";
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "json", "application/json",
          "svg", "image/svg+xml");

  private static final String IMPORTS =
      """
      {"imports":{"preact":"%1$slib/preact.js","preact/hooks":"%1$slib/hooks.js","htm":"%1$slib/htm.js"}}\
      """;

  private final Map<String, File> files = new TreeMap<>();
  private final String fingerprint;
  private final String document;
  private final String importMapHash;

  private ConsoleFiles() {
    MessageDigest all = sha256();
    for (String name : text(LIST).split("\\R", -1)) {
      if (!name.isBlank()) {
        byte[] bytes = read(name);
        all.update(name.getBytes(StandardCharsets.UTF_8));
        all.update(bytes);
        files.put(name, new File(bytes, gzipped(bytes), type(name)));
      }
    }
    all.update(read("page.html"));
    this.fingerprint = HexFormat.of().formatHex(all.digest(), 0, 8);
    String base = BASE + fingerprint + "/";
    String imports = IMPORTS.formatted(base);
    this.importMapHash =
        Base64.getEncoder()
            .encodeToString(sha256().digest(imports.getBytes(StandardCharsets.UTF_8)));
    this.document = text("page.html").replace("{{imports}}", imports).replace("{{base}}", base);
  }

  /** Reads all of them. */
  public static ConsoleFiles read() {
    return new ConsoleFiles();
  }

  /** One file. */
  public static final class File {
    private final byte[] bytes;
    private final Optional<byte[]> gzipped;
    private final String type;

    private File(byte[] bytes, Optional<byte[]> gzipped, String type) {
      this.bytes = bytes;
      this.gzipped = gzipped;
      this.type = type;
    }

    public byte[] bytes() {
      return bytes;
    }

    /** Empty where that would be no shorter. */
    public Optional<byte[]> gzipped() {
      return gzipped;
    }

    public String type() {
      return type;
    }
  }

  /** A file by its name, such as {@code pages/overview.js}. */
  public Optional<File> find(String name) {
    return Optional.ofNullable(files.get(name));
  }

  /** Changes whenever one of the files does. */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * The one document of the console.
   *
   * @param signIn how people sign in here: token, oidc or none
   */
  public String document(String signIn) {
    return document.replace("{{signIn}}", signIn);
  }

  /** What allows the import map in the document, and nothing else in it. */
  public String importMapHash() {
    return importMapHash;
  }

  private static String type(String name) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalStateException("a file of the console has no type: " + name);
    }
    return type;
  }

  private static Optional<byte[]> gzipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Optional.of(out.toByteArray()).filter(packed -> packed.length < bytes.length);
  }

  private static String text(String name) {
    return new String(read(name), StandardCharsets.UTF_8);
  }

  private static byte[] read(String name) {
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("missing from this build: " + FOLDER + name);
      }
      return in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
