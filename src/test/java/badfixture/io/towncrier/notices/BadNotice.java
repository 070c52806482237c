package badfixture.io.towncrier.notices;

/** Imported by a feature below it. */
public final class BadNotice {}
