@NullMarked
package io.towncrier.audit.s3;

import org.jspecify.annotations.NullMarked;
