/** What is wrong with a product's releases taken together: pure, found before they are out. */
@NullMarked
package io.towncrier.updates.lint;

import org.jspecify.annotations.NullMarked;
