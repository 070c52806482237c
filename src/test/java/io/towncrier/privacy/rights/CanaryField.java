package io.towncrier.privacy.rights;

import io.restassured.response.Response;
import io.towncrier.privacy.processors.EraseAtProcessors;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import io.towncrier.testing.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * People whose every value is made up, with marks by which it is found wherever it lies.
 *
 * @param hidden what is never kept in clear: sign-ins, addresses, identifiers, whatever is
 *     forbidden
 * @param gone what is kept in clear and must be gone after the erasure
 */
record CanaryField(String hidden, String gone) {
  private static final List<String> FORBIDDEN =
      List.of(
          "imsi",
          "imei",
          "meid",
          "msisdn",
          "iccid",
          "ssid",
          "bssid",
          "mac",
          "ip",
          "location",
          "latitude",
          "longitude",
          "gps",
          "cell",
          "operator",
          "contacts",
          "calls",
          "sms",
          "email",
          "phone",
          "name",
          "address",
          "birthday",
          "gender",
          "age",
          "photo",
          "apps",
          "clipboard",
          "accelerometer",
          "battery",
          "uptime",
          "hostname",
          "serial",
          "idfa",
          "aaid",
          "oaid",
          "password",
          "token",
          "cookie",
          "userAgent");

  static CanaryField planted() {
    return new CanaryField("zqhid" + mark(), "zqgon" + mark());
  }

  private static String mark() {
    return Long.toString(ThreadLocalRandom.current().nextLong(1L << 40, 1L << 41), 36);
  }

  static int forbiddenFields() {
    return FORBIDDEN.size();
  }

  /** Registers, links, switches off, brings an address, checks; each with 40 forbidden fields. */
  List<Person> use(int count) {
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      people.add(person(i));
    }
    return people;
  }

  private Person person(int i) {
    Map<String, String> facts = new HashMap<>(forbidden(i));
    facts.put("identifier", hidden + "-idf-" + i);
    facts.put("ecv", hidden + "-ecv-" + i);
    facts.put("cohort", gone + "-co-" + i);
    Api.Registered phone = Api.register(facts);
    String token = Tokens.user(hidden + "-sub-" + i);
    phone.pushTo(hidden + "-tok-" + i);
    Api.as(token)
        .header("X-Device-Secret", phone.secret())
        .body(forbidden(i))
        .put(phone.path("/account"))
        .then()
        .statusCode(204);
    Api.as(token)
        .body(Map.of("pushCategories", Map.of("policy", false)))
        .put("/v1/me/notification-alerts")
        .then()
        .statusCode(200);
    Map<String, String> check = new HashMap<>(forbidden(i));
    check.put("version", "3.0.2");
    phone.as().body(check).post(phone.path("/check")).then().statusCode(200);
    return new Person(token, phone, Api.as(token).get("/v1/me").path("account"));
  }

  private Map<String, String> forbidden(int i) {
    Map<String, String> fields = new HashMap<>();
    FORBIDDEN.forEach(field -> fields.put(field, hidden + "-" + field + "-" + i));
    return fields;
  }

  /** Cancels each account and deletes each device; the jobs then erase what is due. */
  void erase(List<Person> people, EraseDue job, EraseAtProcessors atProcessors) {
    for (Person person : people) {
      Response cancelled = Api.as(person.token()).delete("/v1/me");
      cancelled.then().statusCode(202);
      person.phone().as().delete(person.phone().path("")).then().statusCode(204);
      Sql.run("UPDATE erasure SET due_at = now() WHERE account_id = ?", person.account());
    }
    job.run(() -> true).await().atMost(java.time.Duration.ofMinutes(5));
    atProcessors.run(() -> true).await().atMost(java.time.Duration.ofMinutes(5));
  }

  /** Somebody who uses the service. */
  record Person(String token, Api.Registered phone, String account) {
    @Override
    public String toString() {
      return account;
    }
  }
}
