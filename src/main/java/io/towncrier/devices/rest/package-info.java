@NullMarked
package io.towncrier.devices.rest;

import org.jspecify.annotations.NullMarked;
