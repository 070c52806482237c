package io.towncrier.devices.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code device}; see the migration for what its columns mean. */
@Entity
@Table(name = "device")
@DynamicUpdate
@NullUnmarked
class DeviceEntity {
  @Id String id;
  String kind;

  @Column(name = "product_id")
  String productId;

  // The attribute "revision" counts changes; "version" is what the device runs.
  String version;
  String country;

  @Column(name = "time_zone")
  String timeZone;

  String language;
  String channel;
  String cohort;
  String hardware;
  String kit;

  @Column(name = "release_counter")
  Long releaseCounter;

  @Column(name = "counter_unreadable")
  boolean counterUnreadable;

  @Column(name = "identifier_index")
  byte[] identifierIndex;

  @Column(name = "ecv_index")
  byte[] ecvIndex;

  @Column(name = "secret_index")
  byte[] secretIndex;

  @Column(name = "push_provider")
  String pushProvider;

  @Column(name = "push_kind")
  String pushKind;

  @Column(name = "push_sealed")
  byte[] pushSealed;

  @Column(name = "push_index")
  byte[] pushIndex;

  @Column(name = "push_confirmed_on")
  LocalDate pushConfirmedOn;

  @Column(name = "registered_at")
  Instant registeredAt;

  @Column(name = "last_seen_on")
  LocalDate lastSeenOn;

  @Version int revision;
}
