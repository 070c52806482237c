package io.towncrier.infra.cell;

import java.util.List;

/**
 * @param cidr of the cell's own network
 * @param zones by name, so that nothing has to be looked up to make a template
 * @param natGateways the ways out to FCM and to the sign-in; one per zone survives the loss of one
 */
public record NetworkSettings(String cidr, List<String> zones, int natGateways) {
  public NetworkSettings {
    zones = List.copyOf(zones);
    Settings.need(zones.size() >= 2, "a database and its proxy need two zones");
    Settings.need(
        natGateways >= 1 && natGateways <= zones.size(), "from one NAT gateway to one per zone");
  }
}
