/**
 * What operators' other systems are told: events, written with the change that they tell, and sent
 * to configured endpoints until they are taken (docs/adr/0053).
 */
@NullMarked
package io.towncrier.events;

import org.jspecify.annotations.NullMarked;
