/** What every function needs of AWS; only in the Lambda package (docs/adr/0002). */
@NullMarked
package io.towncrier.platform.aws;

import org.jspecify.annotations.NullMarked;
