/** The in-app notices of a person: those of all devices that are linked to the account. */
@NullMarked
package io.towncrier.notices.mine;

import org.jspecify.annotations.NullMarked;
