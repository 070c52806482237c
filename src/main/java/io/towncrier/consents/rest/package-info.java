@NullMarked
package io.towncrier.consents.rest;

import org.jspecify.annotations.NullMarked;
