@NullMarked
package io.towncrier.delivery.rest;

import org.jspecify.annotations.NullMarked;
