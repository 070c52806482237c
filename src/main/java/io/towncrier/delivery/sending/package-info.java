/** Claims what is due, decides on it, sends it at its pace, and writes what became of it. */
@NullMarked
package io.towncrier.delivery.sending;

import org.jspecify.annotations.NullMarked;
