package io.towncrier.ddi;

import io.quarkus.runtime.LaunchMode;
import io.towncrier.platform.address.PublicUrl;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where DDI is served. Its clients know no path before the tenant's name, so it stands at the root,
 * and no tenant may be called as the first part of another path of ours is.
 */
@ApplicationScoped
public class DdiAddress {
  /** First parts of paths that are, or will be, served. */
  public static final Set<String> RESERVED =
      Set.of("v1", "q", "artifacts", "tuf", "console", "personal-center", "favicon.ico");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final Optional<String> tenant;
  private final PublicUrl ourselves;
  private final boolean knowsItself;

  @Inject
  DdiAddress(
      DdiConfig config,
      PublicUrl ourselves,
      @ConfigProperty(name = "quarkus.http.host") String host) {
    this(config, ourselves, LaunchMode.current() != LaunchMode.NORMAL || LOOPBACK.contains(host));
  }

  /**
   * As above.
   *
   * @param knowsItself whether nobody but this machine reaches the service, or it is being
   *     developed: there it knows where it is
   */
  DdiAddress(DdiConfig config, PublicUrl ourselves, boolean knowsItself) {
    this.tenant = config.tenant();
    this.ourselves = ourselves;
    this.knowsItself = knowsItself;
  }

  /** Whether DDI is served to this tenant. */
  public boolean isTenant(String name) {
    return tenant.isPresent() && tenant.get().equals(name) && refusal().isEmpty();
  }

  /** Why DDI cannot be served as it is set, in words for the operator. */
  public Optional<String> refusal() {
    if (tenant.isEmpty()) {
      return Optional.empty();
    }
    if (!TENANT.matcher(tenant.get()).matches() || RESERVED.contains(tenant.get())) {
      return Optional.of(
          "TOWNCRIER_DDI_TENANT must be 1 to 64 letters, digits, dots, hyphens and underscores, and"
              + " none of "
              + String.join(", ", RESERVED.stream().sorted().toList())
              + ".");
    }
    return knowsItself || ourselves.origin().isPresent()
        ? Optional.empty()
        : Optional.of(
            "TOWNCRIER_DDI_TENANT needs TOWNCRIER_PUBLIC_URL: the links in its answers are"
                + " absolute.");
  }

  /**
   * What the links of a device begin with.
   *
   * @param port at which this process was called, where it is not known how clients reach it
   */
  public String baseOf(String tenantName, String controllerId, int port) {
    String origin =
        ourselves.origin().map(Object::toString).orElseGet(() -> "http://localhost:" + port);
    return origin + "/" + tenantName + "/controller/v1/" + controllerId;
  }
}
