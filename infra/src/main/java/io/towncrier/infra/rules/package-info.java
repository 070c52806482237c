/** What must hold of every template, checked on the template itself. */
@NullMarked
package io.towncrier.infra.rules;

import org.jspecify.annotations.NullMarked;
