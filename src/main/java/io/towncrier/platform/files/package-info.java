/** Files and folders that belong to the owner of the process alone. */
@NullMarked
package io.towncrier.platform.files;

import org.jspecify.annotations.NullMarked;
