package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.residency.CrossBorderRecords;
import io.towncrier.devices.residency.Residency;
import io.towncrier.platform.ProblemCode;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.updates.AnswerCheck;
import jakarta.enterprise.context.ApplicationScoped;

/** Whether a device may be kept here: its product is known, and it belongs to this cell. */
@ApplicationScoped
class AdmitDevice {
  private final AnswerCheck check;
  private final Residency residency;
  private final CrossBorderRecords records;

  AdmitDevice(AnswerCheck check, Residency residency, CrossBorderRecords records) {
    this.check = check;
    this.residency = residency;
    this.records = records;
  }

  /**
   * The facts as they are understood. Fails with a problem when the product is not known, and, with
   * nothing read or written, when the device belongs to another cell and its user has not agreed
   * that the data cross the border.
   */
  Uni<ClientFacts> run(RegisterDevice.Application application) {
    return check
        .understood(application.facts())
        .invoke(facts -> refuseForeign(application, facts))
        .chain(facts -> check.run(application.product(), facts).replaceWith(facts));
  }

  /** Keeps the consent under which a device of another cell is kept here. */
  Uni<Void> note(String deviceId, RegisterDevice.Application application, ClientFacts facts) {
    return application.crossBorder().isPresent() && isForeign(facts)
        ? records.add(deviceId, application.crossBorder().get())
        : Uni.createFrom().voidItem();
  }

  private boolean isForeign(ClientFacts facts) {
    return homeOf(facts) instanceof Residency.Home.Elsewhere;
  }

  private Residency.Home homeOf(ClientFacts facts) {
    return residency.homeOf(facts.country(), facts.timeZone());
  }

  private void refuseForeign(RegisterDevice.Application application, ClientFacts facts) {
    if (application.crossBorder().isEmpty()
        && homeOf(facts) instanceof Residency.Home.Elsewhere elsewhere) {
      throw ProblemCode.WRONG_CELL
          .with("Register there. Nothing of this request was kept.")
          .withCell(elsewhere.cell(), elsewhere.url().toString())
          .asException();
    }
  }
}
