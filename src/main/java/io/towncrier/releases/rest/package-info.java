@NullMarked
package io.towncrier.releases.rest;

import org.jspecify.annotations.NullMarked;
