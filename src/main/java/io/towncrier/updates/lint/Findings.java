package io.towncrier.updates.lint;

import io.towncrier.releases.Finding;
import io.towncrier.releases.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Collects what is found in one product. */
final class Findings {
  private final String product;
  private final List<Finding> all = new ArrayList<>();

  Findings(String product) {
    this.product = product;
  }

  void error(Release release, String member, String code, String message) {
    add(Finding.Level.ERROR, release, member, code, message);
  }

  void warning(Release release, String member, String code, String message) {
    add(Finding.Level.WARNING, release, member, code, message);
  }

  /** Of the product as a whole. */
  void warning(String code, String message) {
    all.add(new Finding(Finding.Level.WARNING, code, product, "", message));
  }

  boolean hasAny(Set<String> codes) {
    return all.stream().anyMatch(finding -> codes.contains(finding.code()));
  }

  List<Finding> all() {
    return all;
  }

  private void add(
      Finding.Level level, Release release, String member, String code, String message) {
    String place = "releases[" + release.version() + "]" + (member.isEmpty() ? "" : "." + member);
    all.add(new Finding(level, code, product, place, message));
  }
}
