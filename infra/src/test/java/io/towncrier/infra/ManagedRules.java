package io.towncrier.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What AWS says that the rules of its groups look for (AWS WAF Developer Guide, "Baseline rule
 * groups"), as far as a request can tell. AWS's patterns are its own; these are of the same kind.
 */
final class ManagedRules {
  private static final Map<String, Predicate<ClientRequest>> RULES = new LinkedHashMap<>();
  private static final String RESTRICTED = "\\.(log|ini|conf|config|bak|backup|cfg|sys)\\b";

  // Where a rule looks is the end of its name; not every rule looks everywhere, and of the query
  // some look at the arguments and some at the whole.
  private static final String BODY = "BODY";
  private static final String COOKIE = "COOKIE";
  private static final String HEADER = "HEADER";
  private static final String PATH = "URIPATH";
  private static final String QUERY = "QUERYSTRING";
  private static final String ARGUMENTS = "QUERYARGUMENTS";

  static {
    RULES.put("NoUserAgent_HEADER", request -> request.header("User-Agent").isEmpty());
    RULES.put("UserAgent_BadBots_HEADER", agent("nessus|nmap|wget|scrapy"));
    RULES.put("SizeRestrictions_QUERYSTRING", request -> request.queryString().length() > 2048);
    RULES.put("SizeRestrictions_Cookie_HEADER", r -> r.header("Cookie").length() > 10_240);
    RULES.put("SizeRestrictions_BODY", request -> request.body().length() > 8192);
    RULES.put("SizeRestrictions_URIPATH", request -> request.path().length() > 1024);
    each("EC2MetaDataSSRF", "169\\.254\\.169\\.254", BODY, COOKIE, PATH, ARGUMENTS);
    each("GenericLFI", "\\.\\./", ARGUMENTS, PATH, BODY);
    each(
        "GenericRFI",
        "(http|https|ftp|file)://[0-9]{1,3}(\\.[0-9]{1,3}){3}",
        ARGUMENTS,
        BODY,
        PATH);
    each("CrossSiteScripting", "<script|<[a-z]+[^>]* on[a-z]+=", COOKIE, ARGUMENTS, BODY, PATH);
    each("RestrictedExtensions", RESTRICTED, PATH, ARGUMENTS);
    each("Log4JRCE", "\\$\\{jndi:", HEADER, QUERY, BODY, PATH);
    each("JavaDeserializationRCE", "rO0AB|java\\.lang\\.runtime", HEADER, BODY, PATH, QUERY);
    each("ExploitablePaths", "web-inf|\\.git/|\\.env", PATH);
    RULES.put("PROPFIND_METHOD", request -> request.method().equals("PROPFIND"));
    RULES.put("Host_localhost_HEADER", request -> request.header("Host").contains("localhost"));
  }

  private ManagedRules() {}

  /** The rules that a request meets, by name. */
  static Set<String> metBy(ClientRequest request) {
    Set<String> met = new TreeSet<>();
    RULES.forEach(
        (name, rule) -> {
          if (rule.test(request)) {
            met.add(name);
          }
        });
    return met;
  }

  /** The rules, of all that we know, with which a firewall refuses a request. */
  static Set<String> refusing(ClientRequest request, JsonNode firewall) {
    Set<String> refusing = metBy(request);
    for (JsonNode rule : firewall.path("Rules")) {
      JsonNode group = rule.at("/Statement/ManagedRuleGroupStatement");
      for (JsonNode override : group.path("RuleActionOverrides")) {
        if (override.path("ActionToUse").has("Count")) {
          refusing.remove(override.path("Name").asText());
        }
      }
    }
    return refusing;
  }

  /** Whether it is a rule that we know. */
  static boolean knows(String rule) {
    return RULES.containsKey(rule);
  }

  private static void each(String name, String looksFor, String... places) {
    Pattern pattern = Pattern.compile(looksFor, Pattern.CASE_INSENSITIVE);
    for (String place : places) {
      RULES.put(name + "_" + place, request -> pattern.matcher(part(request, place)).find());
    }
  }

  private static String part(ClientRequest request, String place) {
    return switch (place) {
      case BODY -> request.body();
      case COOKIE -> request.header("Cookie");
      case HEADER -> request.headerValues();
      case PATH -> request.path();
      // AWS decodes it before it looks.
      case QUERY, ARGUMENTS -> request.queryValues();
      default -> throw new IllegalArgumentException(place);
    };
  }

  private static Predicate<ClientRequest> agent(String looksFor) {
    Pattern pattern = Pattern.compile(looksFor, Pattern.CASE_INSENSITIVE);
    return request -> pattern.matcher(request.header("User-Agent")).find();
  }
}
