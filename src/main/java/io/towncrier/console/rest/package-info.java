@NullMarked
package io.towncrier.console.rest;

import org.jspecify.annotations.NullMarked;
