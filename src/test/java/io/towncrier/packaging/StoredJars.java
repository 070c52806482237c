package io.towncrier.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the JARs of a folder again without compression; a part of the build of function.zip. The
 * zip compresses each as a whole, which is smaller than entry by entry, and a function reads
 * classes that need not be inflated.
 */
public final class StoredJars {
  private StoredJars() {}

  /** Takes the folder. */
  public static void main(String[] args) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    if (jars.isEmpty()) {
      throw new IllegalArgumentException("no JAR in " + args[0]);
    }
    for (Path jar : jars) {
      Path stored = jar.resolveSibling(jar.getFileName() + ".stored");
      try (JarFile from = new JarFile(jar.toFile(), false);
          OutputStream file = Files.newOutputStream(stored);
          ZipOutputStream to = new ZipOutputStream(file)) {
        copy(from, to);
      }
      Files.move(stored, jar, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void copy(JarFile from, ZipOutputStream to) throws IOException {
    to.setMethod(ZipOutputStream.STORED);
    Enumeration<JarEntry> entries = from.entries();
    while (entries.hasMoreElements()) {
      JarEntry entry = entries.nextElement();
      byte[] bytes;
      try (InputStream in = from.getInputStream(entry)) {
        bytes = in.readAllBytes();
      }
      CRC32 sum = new CRC32();
      sum.update(bytes);
      ZipEntry copy = new ZipEntry(entry.getName());
      copy.setTime(entry.getTime());
      copy.setSize(bytes.length);
      copy.setCompressedSize(bytes.length);
      copy.setCrc(sum.getValue());
      to.putNextEntry(copy);
      to.write(bytes);
      to.closeEntry();
    }
  }
}
