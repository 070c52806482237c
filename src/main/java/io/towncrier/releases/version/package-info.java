/** What a version is, and which of two is newer: pure, by scheme. */
@NullMarked
package io.towncrier.releases.version;

import org.jspecify.annotations.NullMarked;
