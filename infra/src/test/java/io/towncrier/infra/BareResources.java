package io.towncrier.infra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.CfnResourceProps;
import software.amazon.awscdk.Stack;

/** Resources without what the service's own have, for stacks that are wrong in one point. */
final class BareResources {
  private static final Map<String, Object> CODE = Map.of("S3Bucket", "code", "S3Key", "zip");

  private BareResources() {}

  static void add(Stack stack, String id, String type, Map<String, Object> properties) {
    new CfnResource(
        stack, id, CfnResourceProps.builder().type(type).properties(properties).build());
  }

  static void function(Stack stack, String id, Map<String, Object> properties) {
    Map<String, Object> all = new LinkedHashMap<>(properties);
    all.put("Code", CODE);
    add(stack, id, "AWS::Lambda::Function", all);
  }

  static void feeding(Stack stack) {
    add(
        stack,
        "Feeding",
        "AWS::Lambda::EventSourceMapping",
        Map.of(
            "EventSourceArn", Map.of("Fn::GetAtt", List.of("Queue", "Arn")),
            "FunctionName", ref("Function")));
  }

  static void distribution(Stack stack, Map<String, Object> config) {
    add(
        stack,
        "Distribution",
        "AWS::CloudFront::Distribution",
        Map.of("DistributionConfig", config));
  }

  static void role(Stack stack, String action, String resource) {
    Map<String, Object> statement =
        Map.of("Effect", "Allow", "Action", action, "Resource", resource);
    add(
        stack,
        "Role",
        "AWS::IAM::Role",
        Map.of(
            "Policies",
            List.of(
                Map.of(
                    "PolicyName",
                    "policy",
                    "PolicyDocument",
                    Map.of("Statement", List.of(statement))))));
  }

  static void policy(Stack stack, String effect, Map<String, Object> condition) {
    Map<String, Object> statement =
        Map.of("Effect", effect, "Principal", "*", "Action", "s3:*", "Condition", condition);
    add(
        stack,
        "Policy",
        "AWS::S3::BucketPolicy",
        Map.of("Bucket", ref("Bucket"), "PolicyDocument", Map.of("Statement", List.of(statement))));
  }

  static Map<String, Object> ref(String id) {
    return Map.of("Ref", id);
  }
}
