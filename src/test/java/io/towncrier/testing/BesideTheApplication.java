package io.towncrier.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test that starts processes of its own, and needs nothing of the application in this JVM: it
 * runs beside the tests of that one. Of those that are marked so one runs at a time, and its
 * methods one after another.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processes")
@ExtendWith(BesideTheApplication.OwnLoader.class)
public @interface BesideTheApplication {
  /** Libraries ask the thread for classes; this one may have the loader of an application. */
  final class OwnLoader implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      Thread.currentThread().setContextClassLoader(context.getRequiredTestClass().getClassLoader());
    }
  }
}
