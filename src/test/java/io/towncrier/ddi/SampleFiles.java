package io.towncrier.ddi;

import io.towncrier.releases.Artifact;
import java.net.URI;
import java.util.Optional;

/** Files as the releases of tests have them. */
final class SampleFiles {
  static final Artifact SWU = file("fw.swu");
  static final Artifact RAUCB = file("fw.raucb");

  private SampleFiles() {}

  static Artifact file(String name) {
    return new Artifact(
        name,
        URI.create("https://downloads.example.com/" + name),
        2068,
        "a".repeat(64),
        Optional.of("b".repeat(40)),
        Optional.of("c".repeat(32)));
  }
}
