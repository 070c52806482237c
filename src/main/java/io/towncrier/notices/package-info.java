/** Notices: written by operators, planned for an audience, pushed where allowed, shown in-app. */
@NullMarked
package io.towncrier.notices;

import org.jspecify.annotations.NullMarked;
