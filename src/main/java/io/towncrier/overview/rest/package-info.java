@NullMarked
package io.towncrier.overview.rest;

import org.jspecify.annotations.NullMarked;
