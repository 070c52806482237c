package io.towncrier.releases;

/**
 * Whether notices need approval. A release that is let out makes notices by itself, so then letting
 * it out needs somebody else too.
 */
public interface NoticeApprovals {
  boolean areNeeded();
}
