/** What a message to one phone needs beside its content (docs/adr/0073). */
@NullMarked
package io.towncrier.delivery.phone;

import org.jspecify.annotations.NullMarked;
