/**
 * What is done again and again: one list, run by the timers of a server and by the function tick.
 */
@NullMarked
package io.towncrier.jobs;

import org.jspecify.annotations.NullMarked;
