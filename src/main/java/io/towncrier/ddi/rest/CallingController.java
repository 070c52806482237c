package io.towncrier.ddi.rest;

import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.ClientKind;
import io.towncrier.ddi.DdiAddress;
import io.towncrier.ddi.DdiConfig;
import io.towncrier.ddi.enrolment.Controller;
import io.towncrier.ddi.enrolment.ControllerKeys;
import io.towncrier.ddi.enrolment.SignInController;
import io.towncrier.platform.Problem;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.ShownToken;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The device that the request at hand comes from, by the token that it shows. */
@ApplicationScoped
class CallingController {
  private final SecurityIdentity caller;
  private final SignInController signIn;
  private final ControllerKeys keys;
  private final DdiAddress address;
  private final DdiConfig config;
  private final FirstSightLimit limit;

  CallingController(
      SecurityIdentity caller,
      SignInController signIn,
      ControllerKeys keys,
      DdiAddress address,
      DdiConfig config,
      FirstSightLimit limit) {
    this.caller = caller;
    this.signIn = signIn;
    this.keys = keys;
    this.address = address;
    this.config = config;
    this.limit = limit;
  }

  /** Fails as unauthorized: for another tenant, an unknown device and a wrong token alike. */
  Uni<Controller> signIn(String tenant, HttpServerRequest request) {
    ShownToken shown = caller.getCredential(ShownToken.class);
    String controllerId = caller.getPrincipal().getName();
    if (!address.isTenant(tenant) || (shown.isGateways() && !config.gatewayTokens())) {
      return Uni.createFrom().failure(new UnauthorizedException());
    }
    Secret id = new Secret(controllerId);
    if (!shown.isGateways()) {
      return signIn
          .byTarget(keys.target(id, shown.token()))
          .map(found -> found.orElseThrow(UnauthorizedException::new));
    }
    if (!ControllerKeys.isControllerId(controllerId)) {
      throw Problem.invalidRequest(
              "controllerId",
              "must be 1 to 256 letters, digits and . _ : ~ @ + -, and no device id")
          .asException();
    }
    return signIn
        .byGateway(keys.gateway(id, shown.token()), () -> limit.take(request))
        .map(found -> found.orElseThrow(UnauthorizedException::new));
  }

  /** Where it calls from. */
  Secret network(HttpServerRequest request) {
    return limit.network(request);
  }

  /** Which client it is. */
  ClientKind kind(Controller device, HttpServerRequest request) {
    return ClientKind.of(
        config.raucProducts().orElse(List.of()).contains(device.checkIn().product()),
        request.getHeader("User-Agent"));
  }

  /** What the links of its answers begin with. */
  String base(String tenant, HttpServerRequest request) {
    int port = request.localAddress() == null ? 0 : request.localAddress().port();
    return address.baseOf(tenant, caller.getPrincipal().getName(), port);
  }
}
