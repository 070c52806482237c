package io.towncrier.testing;

import io.quarkus.test.common.http.TestHTTPResourceManager;
import java.net.URI;

/** The management interface of the service under test. */
public final class Management {
  private Management() {}

  /**
   * Where something of it is.
   *
   * @param path as on the server, {@code /q/metrics}
   */
  public static URI url(String path) {
    return URI.create(TestHTTPResourceManager.getManagementUri()).resolve(path);
  }
}
