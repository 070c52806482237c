@NullMarked
package io.towncrier.notices.rest;

import org.jspecify.annotations.NullMarked;
