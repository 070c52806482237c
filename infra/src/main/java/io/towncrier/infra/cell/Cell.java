package io.towncrier.infra.cell;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one cell, which serves one region or country and shares nothing with the others.
 *
 * @param name short, in small letters: {@code eu}
 * @param region of AWS; decides the partition
 * @param open whether it is at work: schedules, queues and topics call the functions. A new cell is
 *     closed until its database is ready (docs/deploy-aws.md)
 * @param checksByMqtt whether AWS IoT Core answers update checks that devices publish to it
 * @param secretsTurnedOver when, as a date: functions read secrets when they start, and another
 *     date starts all anew
 * @param china what a cell in China needs; null for any other
 * @param edge what the CDN needs; null for a cell without one, whose API is called directly
 * @param residency whose data it keeps: countries, and where it is found
 * @param pushes by what it learns whether pushes are shown
 * @param events where other systems of the maker hear of changes; null for a cell that tells nobody
 * @param updates how updates come to devices
 * @param telemetry collector of traces, OTLP over HTTPS at port 443; null for none
 */
public record Cell(
    String name,
    String region,
    boolean open,
    boolean checksByMqtt,
    String secretsTurnedOver,
    FunctionSettings functions,
    @Nullable ChinaSettings china,
    NetworkSettings network,
    DatabaseSettings database,
    @Nullable EdgeSettings edge,
    ResidencySettings residency,
    SignInSettings signIn,
    SnapshotSettings snapshot,
    PaceSettings pace,
    PushSettings pushes,
    CareSettings care,
    @Nullable EventsSettings events,
    UpdateSettings updates,
    @Nullable String telemetry) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{1,11}");
  private static final Pattern DATE = Pattern.compile("20[0-9]{2}-[01][0-9]-[0-3][0-9]");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");

  public Cell {
    Settings.need(NAME.matcher(name).matches(), "a cell's name is 2 to 12 small letters: " + name);
    Settings.need(REGION.matcher(region).matches(), "not a region: " + region);
    Settings.need(
        network.zones().stream().allMatch(zone -> zone.startsWith(region)),
        "zones of another region: " + network.zones());
    Settings.need(DATE.matcher(secretsTurnedOver).matches(), "secrets were turned over on a date");
    Settings.need(
        telemetry == null || telemetry.startsWith("https://"), "traces are sent by HTTPS only");
    Settings.need(
        pushes.receiptNetworks().isEmpty() || residency.pushesByGetui(),
        "receipts are taken where Getui pushes");
    boolean inChina = Partition.of(region) == Partition.CHINA;
    Settings.need(
        (china != null) == inChina, "a cell in China, and no other, has settings of China");
    if (edge != null) {
      Settings.need(
          residency.publicUrl().equals("https://" + edge.domain()),
          "the public URL of a cell with a CDN is that of its domain: " + edge.domain());
      Settings.need(
          (edge.iamCertificateId() != null) == inChina,
          "a CDN in China needs the id of a certificate in IAM, any other one has it from ACM");
    }
  }

  public Partition partition() {
    return Partition.of(region);
  }

  public boolean inChina() {
    return partition() == Partition.CHINA;
  }

  /** What a thing of this cell is called where AWS wants a name of ours. */
  public String named(String what) {
    return "towncrier-" + name + "-" + what;
  }
}
