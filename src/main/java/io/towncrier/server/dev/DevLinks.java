package io.towncrier.server.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.LocalCredentials;
import io.towncrier.platform.auth.OneTimeCodes;
import io.towncrier.platform.auth.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Links that sign in to the console, each once: as two operators who can approve for each other,
 * and as somebody who may look and change nothing.
 */
@IfBuildProfile("dev")
@ApplicationScoped
public class DevLinks implements OneTimeCodes {
  /** Who can be signed in so. */
  public static final List<String> PEOPLE =
      List.of("dev-operator", "second-operator", "dev-viewer");

  private static final String VIEWER = "dev-viewer";

  private final Map<String, String> operatorByCode = new ConcurrentHashMap<>();

  /** A code that signs this operator in once. */
  public Secret codeFor(String operator) {
    Secret code = Ids.nextSecret("code");
    operatorByCode.put(code.reveal(), operator);
    return code;
  }

  private static String role(String name) {
    return name.equals(VIEWER) ? Roles.VIEWER : Roles.OPERATOR;
  }

  @Override
  public Optional<LocalCredentials.Caller> redeem(Secret code) {
    return Optional.ofNullable(operatorByCode.remove(code.reveal()))
        .map(name -> new LocalCredentials.Caller(name, role(name), DevUsers.MARK));
  }
}
