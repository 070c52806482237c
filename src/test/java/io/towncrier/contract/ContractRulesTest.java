package io.towncrier.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.platform.ProblemCode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract follows the rules, and each rule finds what it is there for in a broken copy. */
@Tag("zoneless")
class ContractRulesTest {
  private static final JsonNode COMMITTED = Contract.read(Path.of("api", "openapi.yaml"));
  private static final String REGISTER = "/paths/~1v1~1devices/post";
  private static final String LIST = "/paths/~1v1~1admin~1notices/get";
  private static final String SCHEMAS = "/components/schemas";

  @Test
  void theContractFollowsEveryRule() {
    assertThat(ContractRules.findings(COMMITTED)).isEmpty();
  }

  @Test
  void anOperationWithoutANameIsFound() {
    bites("has no operationId", REGISTER, o -> o.remove("operationId"));
    bites("has the operationId of another one", REGISTER, o -> o.put("operationId", "getDevice"));
    bites("has no summary of one line", REGISTER, o -> o.remove("summary"));
    bites("has no summary of one line", REGISTER, o -> o.put("summary", "Registers."));
  }

  @Test
  void aBodyOrAnAnswerWithoutASchemaIsFound() {
    bites("has a body without a schema", REGISTER, o -> o.putObject("requestBody"));
    bites(
        "201 has no schema",
        REGISTER + "/responses/201",
        answer -> answer.putObject("content").putObject("application/json"));
  }

  @Test
  void anAnswerWithoutItsProblemsIsFound() {
    bites("has no problem", REGISTER, o -> o.putObject("responses"));
    bites(
        "400 is no Problem",
        REGISTER + "/responses",
        r -> r.putObject("400").put("description", "Bad"));
    bites(
        "names no code",
        "/components/responses/unknown-product/content/application~1problem+json",
        media -> media.remove("examples"));
  }

  @Test
  void aReferenceToNothingIsFound() {
    bites("does not exist", SCHEMAS, schemas -> schemas.remove("RegisteredDevice"));
    bites("needs the unknown credential", "/components", c -> c.remove("securitySchemes"));
    bites("says nothing of credentials", REGISTER, o -> o.remove("security"));
  }

  @Test
  void theGettersOfATreeAreFound() {
    bites(
        "has the getters of a tree",
        SCHEMAS + "/Device/properties",
        p -> p.putObject("missingNode").put("type", "boolean").put("description", "d"));
    bites("is no name", SCHEMAS, s -> s.putObject("Shown3").put("description", "d"));
    bites("is no name", SCHEMAS, s -> s.putObject("JsonNode").put("description", "d"));
  }

  @Test
  void aMemberThatSaysNothingIsFound() {
    bites("says nothing", SCHEMAS + "/Device", schema -> schema.remove("description"));
    bites(
        "Device.linked says nothing",
        SCHEMAS + "/Device/properties/linked",
        property -> property.remove("description"));
    bites(
        "Device.linked has no type",
        SCHEMAS + "/Device/properties/linked",
        property -> property.remove("type"));
    bites(
        "is timezone everywhere else",
        SCHEMAS + "/Device/properties",
        p -> p.putObject("timeZone").put("type", "string").put("description", "d"));
    bites("requires secret", SCHEMAS + "/Device/", s -> {}, s -> requireSecret(s));
  }

  @Test
  void aRevisionInTheQueryOrAListOfItsOwnKindIsFound() {
    bites(
        "takes the revision in the query",
        LIST,
        o ->
            o.withArray("parameters")
                .addObject()
                .put("name", "revision")
                .put("in", "query")
                .put("description", "d")
                .putObject("schema"));
    bites("is asked otherwise", LIST, o -> o.putArray("parameters"));
    bites("is no page", SCHEMAS + "/NoticeList/properties", p -> p.remove("total"));
  }

  @Test
  void aTagThatCannotBeSentBackIsFound() {
    String delete = "/paths/~1v1~1admin~1notices~1{noticeId}/delete";
    bites("cuts the tag of a GET", header(delete, "If-Match"), p -> schema(p).put("maxLength", 16));
    bites("does not require If-Match", header(delete, "If-Match"), p -> p.put("required", false));
    bites("does not take If-None-Match", header(LIST, "If-None-Match"), p -> p.put("in", "query"));
    bites("answers no ETag", LIST + "/responses/200", answer -> answer.remove("headers"));
  }

  @Test
  void aReasonThatIsDemandedAndNotRequiredIsFound() {
    String device = "/paths/~1v1~1admin~1devices~1{deviceId}/get";
    bites(
        "does not require a reason",
        header(device, "Towncrier-Reason"),
        p -> p.put("required", false));
  }

  @Test
  void everyProblemIsDocumented() {
    assertThat(Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList())
        .allMatch(COMMITTED.at("/components/examples")::has);
  }

  @Test
  void anAnswerWithItemsThatIsNoPageIsFound() {
    bites(
        "devices/find is asked otherwise",
        SCHEMAS + "/FoundDevices/properties",
        p -> p.putObject("items").put("type", "array").put("description", "The devices found."));
  }

  @Test
  void aMemberThatIsARiddleOrHasNoBoundIsFound() {
    bites("is a riddle: When.", SCHEMAS + "/Device/properties/linked", describe("When."));
    bites(
        "is a riddle: As of when.", SCHEMAS + "/Device/properties/linked", describe("As of when."));
    bites(
        "DeviceOutcome.state does not list its codes",
        SCHEMAS + "/DeviceOutcome/properties/state",
        p -> p.remove("enum"));
    bites(
        "LintReport.checkedAt has no format",
        SCHEMAS + "/LintReport/properties",
        p -> p.putObject("checkedAt").put("type", "string").put("description", "When it was made"));
    bites("Device requires nothing", SCHEMAS + "/Device", schema -> schema.remove("required"));
    bites(
        "IncidentAdvice.situation has no bound",
        SCHEMAS + "/IncidentAdvice/properties/situation",
        p -> p.remove("maxLength"));
  }

  @Test
  void whatHasNoExampleIsFound() {
    bites(
        "body has no example",
        REGISTER + "/requestBody/content/application~1json",
        media -> media.putObject("schema").put("type", "object"));
    bites(
        "has a detail that the service never says",
        "/components/examples/internal/value",
        value -> value.put("detail", "The log does not have it."));
  }

  private static Consumer<ObjectNode> describe(String words) {
    return member -> member.put("description", words);
  }

  private static String header(String operation, String name) {
    JsonNode parameters = COMMITTED.at(operation + "/parameters");
    int at = 0;
    while (parameters.has(at) && !parameters.path(at).path("name").asText().equals(name)) {
      at++;
    }
    return operation + "/parameters/" + at;
  }

  private static ObjectNode schema(ObjectNode parameter) {
    return (ObjectNode) parameter.path("schema");
  }

  private static void requireSecret(JsonNode document) {
    ((ObjectNode) document.at(SCHEMAS + "/Device")).withArray("required").add("secret");
  }

  private static void bites(String finding, String place, Consumer<ObjectNode> spoil) {
    bites(finding, place, spoil, document -> {});
  }

  private static void bites(
      String finding, String place, Consumer<ObjectNode> spoil, Consumer<JsonNode> more) {
    JsonNode copy = COMMITTED.deepCopy();
    JsonNode spoilt = copy.at(place);
    if (spoilt.isObject()) {
      spoil.accept((ObjectNode) spoilt);
    }
    more.accept(copy);
    assertThat(ContractRules.findings(copy)).as(place).anyMatch(f -> f.contains(finding));
  }
}
