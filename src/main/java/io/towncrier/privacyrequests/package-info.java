/** What people ask for by letter or e-mail, and until when it is answered (docs/adr/0044). */
@NullMarked
package io.towncrier.privacyrequests;

import org.jspecify.annotations.NullMarked;
