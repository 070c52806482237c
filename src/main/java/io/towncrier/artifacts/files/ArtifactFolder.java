package io.towncrier.artifacts.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A folder of folders of files. A change is on the disk before a method returns. */
final class ArtifactFolder {
  /** The name of a whole file beside its parts. */
  static final String WHOLE = "whole";

  private final Path root;

  ArtifactFolder(Path root) {
    this.root = root;
  }

  Path file(String folder, String name) {
    return root.resolve(folder).resolve(name);
  }

  /** A new file in a folder, which is made unless it is there. */
  NewFile begin(String folder) throws IOException {
    return new NewFile(made(root.resolve(folder)));
  }

  /** The files of a folder that are named by a number. */
  Set<Integer> numbers(String folder) throws IOException {
    Set<Integer> numbers = new TreeSet<>();
    for (Path file : files(root.resolve(folder))) {
      String name = file.getFileName().toString();
      if (name.matches("\\d{1,9}")) {
        numbers.add(Integer.parseInt(name));
      }
    }
    return numbers;
  }

  /** Moves a file here; done when it was moved before. */
  void take(Path from, String folder, String name) throws IOException {
    Path to = made(root.resolve(folder)).resolve(name);
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException moved) {
      if (!Files.exists(to)) {
        throw moved;
      }
    }
    force(root.resolve(folder));
  }

  /** Lets a file be found here too. */
  void link(Path from, String folder, String name) throws IOException {
    Path to = made(root.resolve(folder)).resolve(name);
    try {
      Files.createLink(to, from);
    } catch (FileAlreadyExistsException linked) {
      return;
    }
    force(root.resolve(folder));
  }

  /** Removes a file, and its folder when nothing else is in it. */
  void remove(String folder, String name) throws IOException {
    Path path = root.resolve(folder);
    Files.deleteIfExists(path.resolve(name));
    if (files(path).isEmpty()) {
      Files.deleteIfExists(path);
    }
  }

  /** Removes a folder with all its files. */
  void remove(String folder) throws IOException {
    Path path = root.resolve(folder);
    for (Path file : files(path)) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(path);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (NoSuchFileException none) {
      return Collections.emptyList();
    }
  }

  // Each level for its owner alone, and each name on the disk.
  private Path made(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      force(root);
      force(root.resolve("..").normalize());
      force(root.resolve("../..").normalize());
    }
    return folder;
  }

  /** Has the names in a folder on the disk. */
  static void force(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder)) {
      names.force(true);
    }
  }
}
