/** Products whose last day with updates comes near, told once. */
@NullMarked
package io.towncrier.releases.support;

import org.jspecify.annotations.NullMarked;
