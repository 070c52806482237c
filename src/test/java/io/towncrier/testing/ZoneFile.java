package io.towncrier.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JDK's file of time zones, as a newer JDK might have it. */
public final class ZoneFile {
  public static final Path OF_JDK = Path.of(System.getProperty("java.home"), "lib", "tzdb.dat");

  private ZoneFile() {}

  /** With another version, one zone with the rules of another, and one zone more. */
  public static byte[] altered(String version, String zone, String like, String added)
      throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(OF_JDK)))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(in.readByte());
      out.writeUTF(in.readUTF());
      in.readShort();
      out.writeShort(1);
      in.readUTF();
      out.writeUTF(version);
      List<String> names = names(in, out, added);
      copyRules(in, out);
      regions(in, out, names, zone, like);
      return bytes.toByteArray();
    }
  }

  private static List<String> names(DataInputStream in, DataOutputStream out, String added)
      throws IOException {
    List<String> names = new ArrayList<>();
    for (int left = in.readShort(); left > 0; left--) {
      names.add(in.readUTF());
    }
    names.add(added);
    out.writeShort(names.size());
    for (String name : names) {
      out.writeUTF(name);
    }
    return names;
  }

  private static void copyRules(DataInputStream in, DataOutputStream out) throws IOException {
    int count = in.readShort();
    out.writeShort(count);
    for (int i = 0; i < count; i++) {
      int length = in.readUnsignedShort();
      out.writeShort(length);
      out.write(in.readNBytes(length));
    }
  }

  private static void regions(
      DataInputStream in, DataOutputStream out, List<String> names, String zone, String like)
      throws IOException {
    int regions = in.readShort();
    int[][] pairs = new int[regions][];
    for (int i = 0; i < regions; i++) {
      pairs[i] = new int[] {in.readShort(), in.readUnsignedShort()};
    }
    out.writeShort(regions + 1);
    int likeRules = rulesOf(pairs, names.indexOf(like));
    for (int[] pair : pairs) {
      out.writeShort(pair[0]);
      out.writeShort(pair[0] == names.indexOf(zone) ? likeRules : pair[1]);
    }
    out.writeShort(names.size() - 1);
    out.writeShort(likeRules);
  }

  private static int rulesOf(int[][] pairs, int name) {
    for (int[] pair : pairs) {
      if (pair[0] == name) {
        return pair[1];
      }
    }
    throw new AssertionError("no such zone");
  }
}
