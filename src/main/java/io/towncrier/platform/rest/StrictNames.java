package io.towncrier.platform.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a resource: a query parameter that its operations do not declare is refused by name.
 * Operators' resources are strict without this, in their bodies too (docs/adr/0024).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StrictNames {}
