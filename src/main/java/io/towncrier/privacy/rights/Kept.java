package io.towncrier.privacy.rights;

import io.towncrier.privacy.classification.Classification;
import io.towncrier.privacy.classification.Column;
import java.util.List;
import java.util.Locale;

/** The kinds of data that are kept of a person, in plain words; each is a table of its own. */
public enum Kept {
  ACCOUNT("account", "Your account: who signs in, and since when there is an account."),
  DEVICES(
      "device",
      "Your devices: product, version, country, time zone and language, what a check says of them,"
          + " the address for pushes, and on which day they were last seen."),
  LINKS("device_account", "Which devices are linked to your account, and since which day."),
  OTHER_REGISTRATIONS(
      "ecv_mismatch",
      "That somebody registered a device of yours anew without the value that verified it."),
  FURTHER_ADDRESSES(
      "push_address", "Addresses of other providers by which your devices are reached as well."),
  PUSH_PROOFS("push_proof", "Addresses for pushes that your devices have brought lately."),
  ALERTS(
      "notification_alerts",
      "Your notification alerts: what may be pushed and shown, and quiet hours."),
  ALERTS_HISTORY(
      "notification_alerts_history", "Every change of your notification alerts, and when."),
  DELIVERIES("delivery", "Which notices were addressed to your devices, and what became of them."),
  OUTCOMES(
      "device_outcome", "Which updates were offered to your devices, and what became of them."),
  CONSENTS("consent_act", "What you have agreed to, what you have withdrawn, and when."),
  CONSENT_ANSWERS(
      "consent_answer",
      "What was answered to revisions of the privacy policy that ask for consent."),
  CANCELLATION("erasure", "Accounts of yours that were cancelled, until they are erased.");

  private final String table;
  private final String words;

  Kept(String table, String words) {
    this.table = table;
    this.words = words;
  }

  /** By which Personal Center finds its own words, such as {@code alerts-history}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As in the list of all columns, and in an export. */
  public String table() {
    return table;
  }

  /** For people, in English. */
  public String words() {
    return words;
  }

  /** For what it is kept. */
  public List<String> purposes() {
    return columns().stream().map(Column::purpose).distinct().toList();
  }

  /** For how long. */
  public List<String> retention() {
    return columns().stream().map(column -> column.retention().inWords()).distinct().toList();
  }

  private List<Column> columns() {
    return Classification.own().thePersons(table);
  }
}
