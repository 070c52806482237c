@NullMarked
package io.towncrier.ddi.rest;

import org.jspecify.annotations.NullMarked;
