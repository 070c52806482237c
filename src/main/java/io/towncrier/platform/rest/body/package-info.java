/** How request bodies are read: their size, their time, their encoding, and JSON without doubt. */
@NullMarked
package io.towncrier.platform.rest.body;

import org.jspecify.annotations.NullMarked;
