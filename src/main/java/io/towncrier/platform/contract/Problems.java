package io.towncrier.platform.contract;

import io.towncrier.platform.ProblemCode;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On an endpoint: the problems that it answers with, beyond those that follow from its declaration
 * (docs/adr/0033). They stand in the contract, and a test's answer that is not there fails.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Problems {
  ProblemCode[] value();
}
