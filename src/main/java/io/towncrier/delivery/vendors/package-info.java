/** What vendors of phones do with messages after a provider has accepted them: rules and quotas. */
@NullMarked
package io.towncrier.delivery.vendors;

import org.jspecify.annotations.NullMarked;
