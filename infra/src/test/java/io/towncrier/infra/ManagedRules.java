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

  static {
    RULES.put("NoUserAgent_HEADER", request -> request.header("User-Agent").isEmpty());
    RULES.put("UserAgent_BadBots_HEADER", agent("nessus|nmap|wget|scrapy"));
    RULES.put("SizeRestrictions_QUERYSTRING", request -> request.queryString().length() > 2048);
    RULES.put("SizeRestrictions_Cookie_HEADER", r -> r.header("Cookie").length() > 10_240);
    RULES.put("SizeRestrictions_BODY", request -> request.body().length() > 8192);
    RULES.put("SizeRestrictions_URIPATH", request -> request.path().length() > 1024);
    every("EC2MetaDataSSRF", "169\\.254\\.169\\.254");
    every("GenericLFI", "\\.\\./");
    every("GenericRFI", "(http|https|ftp|file)://[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    every("CrossSiteScripting", "<script|<[a-z]+[^>]* on[a-z]+=");
    every("RestrictedExtensions", "\\.(log|ini|conf|config|bak|backup|cfg|sys)\\b");
    every("Log4JRCE", "\\$\\{jndi:");
    every("JavaDeserializationRCE", "rO0AB|java\\.lang\\.runtime");
    every("ExploitablePaths", "web-inf|\\.git/|\\.env");
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

  // Each looks at several parts of a request, and is named by the part.
  private static void every(String name, String looksFor) {
    Pattern pattern = Pattern.compile(looksFor, Pattern.CASE_INSENSITIVE);
    RULES.put(name + "_QUERYARGUMENTS", r -> pattern.matcher(r.queryValues()).find());
    RULES.put(name + "_BODY", request -> pattern.matcher(request.body()).find());
    RULES.put(name + "_URIPATH", request -> pattern.matcher(request.path()).find());
    RULES.put(name + "_HEADER", request -> pattern.matcher(request.headerValues()).find());
  }

  private static Predicate<ClientRequest> agent(String looksFor) {
    Pattern pattern = Pattern.compile(looksFor, Pattern.CASE_INSENSITIVE);
    return request -> pattern.matcher(request.header("User-Agent")).find();
  }
}
