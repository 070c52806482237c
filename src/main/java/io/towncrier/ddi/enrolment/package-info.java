/** How devices come to DDI: by an import, by a gateway, or as they registered before. */
@NullMarked
package io.towncrier.ddi.enrolment;

import org.jspecify.annotations.NullMarked;
