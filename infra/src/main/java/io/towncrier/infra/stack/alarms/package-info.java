/** What is measured of a cell, and who is called when it is wrong. */
@NullMarked
package io.towncrier.infra.stack.alarms;

import org.jspecify.annotations.NullMarked;
