@NullMarked
package io.towncrier.audit.rest;

import org.jspecify.annotations.NullMarked;
