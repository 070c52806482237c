@NullMarked
package io.towncrier.preferences.rest;

import org.jspecify.annotations.NullMarked;
