/** What a client is told, and why: pure, over one product's compiled releases. */
@NullMarked
package io.towncrier.updates.decision;

import org.jspecify.annotations.NullMarked;
