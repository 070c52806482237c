package io.towncrier.downloads;

/**
 * Those who were told to wait without a statement, and stand in no bucket yet.
 *
 * @param usual all but these
 * @param security who wait for a security release
 */
record Waiting(Row usual, Row security) {
  static final Waiting NOBODY = new Waiting(Row.EMPTY, Row.EMPTY);

  /** With one more. */
  Waiting and(Download download, long now, long rate) {
    return download.urgency() == Urgency.SECURITY
        ? new Waiting(usual, security.and(download.bytes(), now, rate))
        : new Waiting(usual.and(download.bytes(), now, rate), security);
  }

  Waiting and(Waiting others, long rate) {
    return new Waiting(usual.and(others.usual, rate), security.and(others.security, rate));
  }

  /** Puts them into a bucket. */
  Bucket in(Bucket bucket, long rate) {
    return bucket
        .queued(security.bytes(), Urgency.SECURITY, security.since(), rate)
        .queued(usual.bytes(), Urgency.USUAL, usual.since(), rate);
  }

  /**
   * A part of them.
   *
   * @param bytes of their downloads
   * @param since when the first of them was told
   */
  record Row(long bytes, long since) {
    static final Row EMPTY = new Row(0, Long.MAX_VALUE);

    Row and(long more, long at, long rate) {
      long most = rate * Bucket.LONGEST_WAIT;
      return new Row(Math.min(bytes + Math.min(more, most), most), Math.min(since, at));
    }

    Row and(Row others, long rate) {
      return and(others.bytes, others.since, rate);
    }
  }
}
