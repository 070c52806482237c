package io.towncrier.server.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.LocalCredentials.Caller;
import io.towncrier.platform.auth.Roles;
import org.junit.jupiter.api.Test;

class DevLinksTest {
  private final DevLinks links = new DevLinks();

  @Test
  void eachLinkSignsItsOperatorInOnce() {
    Secret first = links.codeFor("dev-operator");
    Secret second = links.codeFor("second-operator");
    assertThat(links.redeem(second).map(Caller::name)).contains("second-operator");
    assertThat(links.redeem(second)).isEmpty();
    assertThat(links.redeem(first).map(Caller::role)).contains(Roles.OPERATOR);
    assertThat(links.redeem(first)).isEmpty();
    assertThat(links.redeem(new Secret("code_of_nobody"))).isEmpty();
  }
}
