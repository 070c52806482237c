package io.towncrier.privacy.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The list of all columns, and the page that is made of it. */
@Tag("zoneless")
class ClassificationTest {
  private static final Classification OWN = Classification.own();

  @Test
  void noColumnStandsTwice() {
    assertThat(OWN.columns().stream().map(column -> column.table() + "." + column.name()))
        .hasSizeGreaterThan(200)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatIsKeptSealedIsPersonalOrSecretAndKeyedHashesAreNeverShown() {
    assertThat(OWN.columns().stream().filter(column -> column.name().matches("(.+_)?sealed")))
        .isNotEmpty()
        .allMatch(column -> column.dataClass().compareTo(DataClass.PERSONAL) >= 0);
    assertThat(OWN.columns().stream().filter(column -> column.name().endsWith("_index")))
        .isNotEmpty()
        .allMatch(column -> column.dataClass() != DataClass.PUBLIC && !column.isThePersons());
  }

  @Test
  void whatGoesWithAnotherRowNamesATable() {
    assertThat(
            OWN.columns().stream()
                .map(Column::retention)
                .filter(Retention.With.class::isInstance)
                .map(with -> ((Retention.With) with).table())
                .distinct()
                // A device or an account.
                .filter(table -> !table.equals("owner")))
        .isSubsetOf(OWN.tables());
  }

  @Test
  void aLineThatCannotBeReadIsNamed() {
    for (String line :
        List.of(
            "device,x,personal,has a purpose,stays",
            "device,x,private,has a purpose,stays,person",
            "device,x,personal,,stays,person",
            "device,x,personal,has a purpose,sometimes,person",
            "device,x,personal,has a purpose,period ,person",
            "device,x,personal,has a purpose,stays,everyone",
            "device,x,secret,has a purpose,stays,operator")) {
      assertThatThrownBy(() -> Classification.parse(List.of(line)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("device,x");
    }
  }

  @Test
  void theInventoryIsMadeOfTheList() throws IOException {
    Path page = Path.of("docs", "data-inventory.md");
    String made = InventoryPage.of(OWN);
    Files.writeString(Path.of("target", "data-inventory.md"), made);
    assertThat(Files.readString(page))
        .as("If this change is meant: cp target/data-inventory.md docs/data-inventory.md")
        .isEqualTo(made);
  }
}
