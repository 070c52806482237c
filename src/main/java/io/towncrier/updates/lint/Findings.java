package io.towncrier.updates.lint;

import io.towncrier.releases.Finding;
import io.towncrier.releases.Release;
import java.util.ArrayList;
import java.util.List;

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

  /** Of the product as a whole. */
  void error(String code, String message) {
    all.add(new Finding(Finding.Level.ERROR, code, product, "", message));
  }

  boolean hasErrors() {
    return all.stream().anyMatch(Finding::isError);
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
