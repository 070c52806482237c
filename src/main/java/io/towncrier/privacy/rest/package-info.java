@NullMarked
package io.towncrier.privacy.rest;

import org.jspecify.annotations.NullMarked;
