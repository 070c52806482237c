package io.towncrier;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/**
 * What the rules on code look at. Reading the classes takes longer than all rules together: once.
 */
final class ImportedClasses {
  static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.towncrier");

  static final JavaClasses KNOWN_BAD =
      new ClassFileImporter().importPackages("badfixture.io.towncrier");

  private ImportedClasses() {}
}
