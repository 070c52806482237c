/** How the OpenAPI document is made from the endpoints, their types and the static words. */
@NullMarked
package io.towncrier.platform.contract;

import org.jspecify.annotations.NullMarked;
