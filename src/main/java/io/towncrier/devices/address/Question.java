package io.towncrier.devices.address;

import java.time.Instant;

/**
 * Whether the app behind the address of an earlier registration is the one that registered anew:
 * only that app gets the challenge, and only it has the secret of the later registration.
 *
 * @param id {@code chl_...}
 * @param deviceId the later registration of the same identifier
 * @param holderId the earlier one, whose address it is
 * @param index keyed hash of that address
 * @param challenge keyed hash of what is pushed to it
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on to be stored, never compared.
public record Question(
    String id,
    String deviceId,
    String holderId,
    byte[] index,
    byte[] challenge,
    Instant expiresAt) {}
