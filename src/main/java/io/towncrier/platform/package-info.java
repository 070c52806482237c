/** What every feature stands on: ids, problems, input, secrets, transactions, pages of lists. */
@NullMarked
package io.towncrier.platform;

import org.jspecify.annotations.NullMarked;
