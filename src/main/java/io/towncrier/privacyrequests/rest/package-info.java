@NullMarked
package io.towncrier.privacyrequests.rest;

import org.jspecify.annotations.NullMarked;
