package io.towncrier.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The package that is uploaded to Lambda, and what stands in it. */
public final class FunctionPackage {
  public static final String API = "io.towncrier.functions.ApiFunction::handle";
  public static final String CHECK = "io.towncrier.functions.CheckFunction::handle";
  public static final String PLAN = "io.towncrier.functions.PlanFunction::handle";
  public static final String DELIVER = "io.towncrier.functions.DeliverFunction::handle";
  public static final String TICK = "io.towncrier.functions.TickFunction::handle";
  public static final String MIGRATE = "io.towncrier.functions.MigrateFunction::handle";

  private FunctionPackage() {}

  public static Path zip() {
    return Path.of(System.getProperty("function.zip"));
  }

  /** As Lambda unpacks it. */
  public static Path unpack() throws IOException {
    return unpack(zip());
  }

  public static Path unpack(Path packed) throws IOException {
    Path into = Files.createTempDirectory(Path.of("target"), "function-").toAbsolutePath();
    try (ZipFile zip = new ZipFile(packed.toFile())) {
      for (ZipEntry entry : List.copyOf(zip.stream().toList())) {
        extract(zip, entry, into);
      }
    }
    return into;
  }

  private static void extract(ZipFile zip, ZipEntry entry, Path into) throws IOException {
    Path target = into.resolve(entry.getName());
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    try (InputStream in = zip.getInputStream(entry)) {
      Files.copy(in, target);
    }
  }
}
