/** What API Gateway and the CDN add to a request, and what of it is believed. */
@NullMarked
package io.towncrier.functions.gateway;

import org.jspecify.annotations.NullMarked;
