package io.towncrier.server.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.LocalCredentials;
import io.towncrier.platform.auth.Roles;
import io.towncrier.privacy.BlindIndex;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tokens without an OIDC provider: in dev mode alone, no other build contains this. */
@IfBuildProfile("dev")
@ApplicationScoped
public class DevUsers implements LocalCredentials {
  private static final String PURPOSE = "dev-user-token";
  private static final String OPERATOR_PURPOSE = "dev-operator-token";

  /** Nothing ends what dev mode gave out. */
  static final String MARK = "dev";

  private static final Duration VALID = Duration.ofHours(12);

  /** 32 bytes under the first keys; later versions put their name of five bytes before them. */
  private static final String MAC = "[\\w-]{43}|[\\w-]{50}";

  private static final Pattern TOKEN =
      Pattern.compile("(usr|opr)\\.([\\w-]{1,400})\\.(\\d{1,12})\\.(" + MAC + ")");

  private final BlindIndex index;
  private final InstantSource clock;

  DevUsers(BlindIndex index, InstantSource clock) {
    this.index = index;
    this.clock = clock;
  }

  public Secret tokenFor(String subject) {
    return token("usr", PURPOSE, subject);
  }

  /**
   * An operator's; the token of the first start is shown once, and dev mode starts all the time.
   */
  public Secret operatorToken() {
    return token("opr", OPERATOR_PURPOSE, "dev-operator");
  }

  private Secret token(String kind, String purpose, String subject) {
    String claim =
        encode(subject.getBytes(StandardCharsets.UTF_8))
            + "."
            + clock.instant().plus(VALID).getEpochSecond();
    return new Secret(kind + "." + claim + "." + encode(index.of(purpose, new Secret(claim))));
  }

  @Override
  public Optional<Caller> callerOf(Secret token) {
    Matcher parts = TOKEN.matcher(token.reveal());
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean isOperator = parts.group(1).equals("opr");
    Secret claim = new Secret(parts.group(2) + "." + parts.group(3));
    boolean ours =
        index.matches(
            isOperator ? OPERATOR_PURPOSE : PURPOSE,
            claim,
            Base64.getUrlDecoder().decode(parts.group(4)));
    boolean current =
        clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts.group(3))));
    return ours && current
        ? Optional.of(
            new Caller(
                new String(Base64.getUrlDecoder().decode(parts.group(2)), StandardCharsets.UTF_8),
                isOperator ? Roles.OPERATOR : Roles.USER,
                MARK))
        : Optional.empty();
  }

  @Override
  public boolean counts(String mark) {
    return mark.equals(MARK);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
