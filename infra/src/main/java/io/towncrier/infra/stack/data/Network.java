package io.towncrier.infra.stack.data;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.CellStack;
import io.towncrier.infra.stack.Logs;
import io.towncrier.infra.stack.Stacks;
import java.util.List;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.constructs.Construct;

/**
 * Three kinds of subnets: ways out, functions that push or ask the sign-in, and what never leaves.
 * The latter reach AWS through endpoints inside.
 */
public final class Network {
  public static final int POSTGRES = 5432;
  private static final int HTTPS = 443;

  private final Construct scope;
  private final Vpc vpc;
  private final SecurityGroup calling;
  private final SecurityGroup inside;
  private final SecurityGroup proxy;
  private final SecurityGroup database;
  private final SecurityGroup operators;

  public Network(CellStack stack, Cell cell, Logs logs) {
    this.scope = new Construct(stack, "Network");
    this.vpc =
        Vpc.Builder.create(scope, "Vpc")
            .ipAddresses(IpAddresses.cidr(cell.network().cidr()))
            .availabilityZones(cell.network().zones())
            .natGateways(cell.network().natGateways())
            .subnetConfiguration(
                List.of(
                    subnets("ways-out", SubnetType.PUBLIC, 26),
                    subnets("calling", SubnetType.PRIVATE_WITH_EGRESS, 20),
                    subnets("inside", SubnetType.PRIVATE_ISOLATED, 20)))
            .build();
    this.calling = group("Calling", "functions that call FCM and the sign-in");
    this.inside = group("Inside", "functions that call nobody outside");
    this.proxy = group("Proxy", "the proxy of the database");
    this.database = group("Database", "the database");
    this.operators = group("Operators", "a person at work on the database");
    connect(calling, proxy, POSTGRES);
    connect(inside, proxy, POSTGRES);
    connect(proxy, database, POSTGRES);
    connect(operators, database, POSTGRES);
    calling.addEgressRule(Peer.anyIpv4(), Port.tcp(HTTPS), "FCM, the sign-in, AWS");
    endpoints(cell);
    FlowLogs.of(scope, vpc, logs);
    wayIn();
  }

  // Nothing wears that group. A shell that a person opens in the subnets inside does, for as long
  // as the work takes: roles, and the replay after a restore (docs/runbook.md).
  private void wayIn() {
    Stacks.output(scope, "OperatorsGroup", operators.getSecurityGroupId());
    Stacks.output(scope, "OperatorsSubnet", insideIds().get(0));
    Stacks.output(scope, "CallingGroup", calling.getSecurityGroupId());
    Stacks.output(scope, "CallingSubnet", vpc.selectSubnets(calling()).getSubnetIds().get(0));
  }

  public Vpc vpc() {
    return vpc;
  }

  public SubnetSelection calling() {
    return SubnetSelection.builder().subnetType(SubnetType.PRIVATE_WITH_EGRESS).build();
  }

  public SubnetSelection inside() {
    return SubnetSelection.builder().subnetType(SubnetType.PRIVATE_ISOLATED).build();
  }

  List<String> insideIds() {
    return vpc.selectSubnets(inside()).getSubnetIds();
  }

  public SecurityGroup ofCalling() {
    return calling;
  }

  public SecurityGroup ofInside() {
    return inside;
  }

  SecurityGroup ofProxy() {
    return proxy;
  }

  SecurityGroup ofDatabase() {
    return database;
  }

  private void endpoints(Cell cell) {
    SecurityGroup endpoints = group("Endpoints", "AWS as seen from inside");
    connect(calling, endpoints, HTTPS);
    connect(inside, endpoints, HTTPS);
    connect(operators, endpoints, HTTPS);
    vpc.addGatewayEndpoint(
        "S3", GatewayVpcEndpointOptions.builder().service(GatewayVpcEndpointAwsService.S3).build());
    interfaceEndpoint("Sqs", InterfaceVpcEndpointAwsService.SQS, endpoints);
    interfaceEndpoint("SecretsManager", InterfaceVpcEndpointAwsService.SECRETS_MANAGER, endpoints);
    interfaceEndpoint("Kms", InterfaceVpcEndpointAwsService.KMS, endpoints);
    if (cell.events() != null) {
      interfaceEndpoint("Events", InterfaceVpcEndpointAwsService.EVENTBRIDGE, endpoints);
    }
  }

  private void interfaceEndpoint(
      String id, InterfaceVpcEndpointAwsService service, SecurityGroup group) {
    vpc.addInterfaceEndpoint(
        id,
        InterfaceVpcEndpointOptions.builder()
            .service(service)
            .subnets(inside())
            .securityGroups(List.of(group))
            .open(false)
            .build());
  }

  private SecurityGroup group(String id, String of) {
    return SecurityGroup.Builder.create(scope, id)
        .vpc(vpc)
        .description("Towncrier: " + of)
        .allowAllOutbound(false)
        .build();
  }

  // By the groups themselves, of which the CDK makes rules that stand alone: inside of the groups
  // they would be a circle.
  private static void connect(SecurityGroup from, SecurityGroup to, int port) {
    from.addEgressRule(to, Port.tcp(port));
    to.addIngressRule(from, Port.tcp(port));
  }

  private static SubnetConfiguration subnets(String name, SubnetType type, int mask) {
    return SubnetConfiguration.builder().name(name).subnetType(type).cidrMask(mask).build();
  }
}
