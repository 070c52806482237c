/** Pushes by Getui's REST API v2, which reaches phones in China (docs/adr/0061). */
@NullMarked
package io.towncrier.delivery.getui;

import org.jspecify.annotations.NullMarked;
