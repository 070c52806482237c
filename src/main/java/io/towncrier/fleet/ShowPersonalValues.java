package io.towncrier.fleet;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Secret;
import io.towncrier.privacy.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Shows what reaches or names somebody: masked, or, one value at a time, opened. */
@ApplicationScoped
public class ShowPersonalValues {
  private final PersonalValues values;
  private final Vault vault;

  ShowPersonalValues(PersonalValues values, Vault vault) {
    this.values = values;
    this.vault = vault;
  }

  public Uni<List<Masked>> masked(String deviceId) {
    return values
        .of(deviceId)
        .map(
            found ->
                found.stream()
                    .map(
                        value ->
                            new Masked(
                                value.kind(),
                                value.account(),
                                PersonalValue.masked(vault.open(value.sealed(), value.place()))))
                    .toList());
  }

  /**
   * One value; empty when the device has none such. Who asks was audited before.
   *
   * @param account which subject is meant; needed only when the device is linked to several
   */
  public Uni<Optional<Secret>> open(
      String deviceId, PersonalValue.Kind kind, Optional<String> account) {
    return values
        .of(deviceId)
        .map(
            found -> {
              List<PersonalValue> meant =
                  found.stream()
                      .filter(value -> value.kind() == kind)
                      .filter(value -> account.isEmpty() || value.account().equals(account))
                      .toList();
              return meant.size() == 1
                  ? Optional.of(vault.open(meant.get(0).sealed(), meant.get(0).place()))
                  : Optional.empty();
            });
  }

  /** A value of which only the end is shown. */
  public record Masked(PersonalValue.Kind kind, Optional<String> account, String masked) {}
}
