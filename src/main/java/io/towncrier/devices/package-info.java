/** Phones and routers: who they are, what they run, and where a push reaches them. */
@NullMarked
package io.towncrier.devices;

import org.jspecify.annotations.NullMarked;
