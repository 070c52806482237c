package io.towncrier.faults;

/** A registered phone, and what was acknowledged to it. Times are of {@link System#nanoTime}. */
final class Phone {
  static final long NEVER = Long.MAX_VALUE;

  final String id;
  final String secret;
  final String address;

  /** Since when its address is proved. */
  volatile long proved = NEVER;

  /** When it first asked for no pushes. */
  volatile long optOutAsked = NEVER;

  /** When its opt-out was acknowledged. */
  volatile long optedOut = NEVER;

  Phone(String id, String secret) {
    this.id = id;
    this.secret = secret;
    this.address = "tok-" + id;
  }

  String path(String below) {
    return "/v1/devices/" + id + below;
  }

  boolean isProved() {
    return proved != NEVER;
  }

  boolean isOptedOut() {
    return optedOut != NEVER;
  }
}
