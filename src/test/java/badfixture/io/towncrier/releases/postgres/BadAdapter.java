package badfixture.io.towncrier.releases.postgres;

/** Imported by another feature. */
public final class BadAdapter {}
