package io.towncrier.platform.time;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamConstants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Time zone data that are newer than the JDK's: the file {@code lib/tzdb.dat} of a newer JDK, of
 * whatever version it is. The rules of a zone that the JDK has too cannot be replaced there, so
 * they stand beside them under the zone's name and the version ({@code Africa/Cairo~2026b}).
 *
 * @param version such as {@code 2026b}
 * @param rules by the names of the zones
 */
public record ZoneData(String version, Map<String, ZoneRules> rules) {
  /** In ids of zones between the name and the version. No name of the database has it. */
  static final char MARK = '~';

  private static final Pattern VERSION = Pattern.compile("\\d{4}[a-z]{1,2}");
  private static final String SERIALIZED_RULES = "java.time.zone.*;!*";

  public ZoneData {
    rules = Map.copyOf(rules);
  }

  /**
   * Reads such a file.
   *
   * @throws IOException when it cannot be read, or is none
   */
  public static ZoneData read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return read(in);
    } catch (EOFException cutShort) {
      throw new IOException("it ends too soon", cutShort);
    } catch (ClassNotFoundException | RuntimeException malformed) {
      throw new IOException("it is no such file", malformed);
    }
  }

  private static ZoneData read(DataInputStream in) throws IOException, ClassNotFoundException {
    if (in.readByte() != 1 || !in.readUTF().equals("TZDB")) {
      throw new IOException("it is no such file");
    }
    String[] versions = texts(in);
    String[] names = texts(in);
    byte[][] rules = new byte[in.readUnsignedShort()][];
    for (int i = 0; i < rules.length; i++) {
      rules[i] = in.readNBytes(in.readUnsignedShort());
    }
    String version = versions[versions.length - 1];
    if (!VERSION.matcher(version).matches()) {
      throw new IOException("it has no version of the IANA database");
    }
    // One map of zones for each version; there is one version, and the last one counts.
    Map<Integer, ZoneRules> read = new HashMap<>();
    Map<String, ZoneRules> byName = new HashMap<>();
    for (int i = 0; i < versions.length; i++) {
      byName.clear();
      for (int left = in.readUnsignedShort(); left > 0; left--) {
        String name = names[in.readUnsignedShort()];
        int index = in.readUnsignedShort();
        @Nullable ZoneRules known = read.get(index);
        if (known == null) {
          known = deserialized(rules[index]);
          read.put(index, known);
        }
        byName.put(name, known);
      }
    }
    return new ZoneData(version, byName);
  }

  private static String[] texts(DataInputStream in) throws IOException {
    String[] texts = new String[in.readUnsignedShort()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = in.readUTF();
    }
    return texts;
  }

  /**
   * Rules stand in the file as in the serialized form of {@link ZoneRules}: the bytes are put into
   * the place of those of other rules, and the JDK reads them.
   */
  private static ZoneRules deserialized(byte[] rules) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Frame.BEFORE_RULES);
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(ObjectStreamConstants.TC_BLOCKDATALONG);
    out.writeInt(rules.length);
    out.write(rules);
    out.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      in.setObjectInputFilter(ObjectInputFilter.Config.createFilter(SERIALIZED_RULES));
      return (ZoneRules) in.readObject();
    }
  }

  /**
   * From now on these data count, when they are newer than those of the JDK. To be called before
   * anything asks for a zone.
   *
   * @return whether they are
   */
  public boolean use() {
    if (version.compareTo(TimeZoneId.versionOfJdk()) <= 0) {
      return false;
    }
    Set<String> ofJdk = ZoneId.getAvailableZoneIds();
    Map<String, String> idOfName = new HashMap<>();
    Map<String, ZoneRules> added = new HashMap<>();
    rules.forEach(
        (name, newer) -> {
          if (!ofJdk.contains(name)) {
            added.put(name, newer);
            idOfName.put(name, name);
          } else if (!ZoneId.of(name).getRules().equals(newer)) {
            String id = name + MARK + version;
            if (!ofJdk.contains(id)) {
              added.put(id, newer);
            }
            idOfName.put(name, id);
          }
        });
    if (!added.isEmpty()) {
      ZoneRulesProvider.registerProvider(new Added(version, added));
    }
    Map<String, ZoneId> zones = new HashMap<>();
    idOfName.forEach((name, id) -> zones.put(name, ZoneId.of(id)));
    TimeZoneId.renew(zones);
    return true;
  }

  /** Everything of serialized rules before the rules themselves. */
  private static final class Frame {
    static final byte[] BEFORE_RULES = beforeRules();

    private static byte[] beforeRules() {
      try {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
          out.writeObject(ZoneOffset.UTC.getRules());
        }
        byte[] all = bytes.toByteArray();
        // The shortest rules that there are: one block of 12 bytes, its head and its end.
        int block = all.length - 15;
        if (all[block] != ObjectStreamConstants.TC_BLOCKDATA || all[block + 1] != 12) {
          throw new IllegalStateException("this JDK serializes rules in another way");
        }
        return Arrays.copyOf(all, block);
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** The JDK's way to more zones than it has. */
  private static final class Added extends ZoneRulesProvider {
    private final String version;
    private final Map<String, ZoneRules> rules;

    Added(String version, Map<String, ZoneRules> rules) {
      this.version = version;
      this.rules = Map.copyOf(rules);
    }

    @Override
    protected Set<String> provideZoneIds() {
      return rules.keySet();
    }

    @Override
    protected ZoneRules provideRules(String zoneId, boolean forCaching) {
      @Nullable ZoneRules found = rules.get(zoneId);
      if (found == null) {
        throw new ZoneRulesException("no such zone: " + zoneId);
      }
      return found;
    }

    @Override
    protected NavigableMap<String, ZoneRules> provideVersions(String zoneId) {
      return new TreeMap<>(Map.of(version, provideRules(zoneId, false)));
    }
  }
}
