package io.towncrier.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;

/** Every answer that a test gets is compared with the contract, whatever the test is about. */
public final class AnswersFollowTheContract implements QuarkusTestBeforeEachCallback, Filter {
  @Override
  public void beforeEach(QuarkusTestMethodContext context) {
    install();
  }

  /** From now on, of whatever REST-assured calls. */
  public static void install() {
    if (RestAssured.filters().stream().noneMatch(AnswersFollowTheContract.class::isInstance)) {
      RestAssured.filters(new AnswersFollowTheContract());
    }
  }

  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext next) {
    Response answer = next.next(request, expected);
    // No URI: some tests ask for what is none.
    String path = request.getURI().replaceFirst("^\\w+://[^/]+", "").replaceFirst("[?#].*", "");
    assertThat(
            Contract.committed()
                .defects(
                    request.getMethod(),
                    path,
                    answer.statusCode(),
                    String.valueOf(answer.contentType()),
                    answer.asString()))
        .as("beside api/openapi.yaml: " + request.getMethod() + " " + path)
        .isEmpty();
    if (answer.header("ETag") != null) {
      assertThat(
              Contract.committed()
                  .tagDefects(
                      request.getMethod(), path, answer.statusCode(), answer.header("ETag")))
          .isEmpty();
    }
    return answer;
  }
}
