package io.towncrier.infra.rules;

/** Names of resource types that several rules look at. */
final class Types {
  static final String BUCKET = "AWS::S3::Bucket";
  static final String BUCKET_POLICY = "AWS::S3::BucketPolicy";
  static final String QUEUE = "AWS::SQS::Queue";
  static final String TOPIC = "AWS::SNS::Topic";
  static final String KEY = "AWS::KMS::Key";
  static final String LOG_GROUP = "AWS::Logs::LogGroup";
  static final String SECRET = "AWS::SecretsManager::Secret";
  static final String CLUSTER = "AWS::RDS::DBCluster";
  static final String INSTANCE = "AWS::RDS::DBInstance";
  static final String FUNCTION = "AWS::Lambda::Function";
  static final String ROLE = "AWS::IAM::Role";
  static final String ALARM = "AWS::CloudWatch::Alarm";
  static final String FEEDING = "AWS::Lambda::EventSourceMapping";
  static final String TOPIC_RULE = "AWS::IoT::TopicRule";
  static final String DISTRIBUTION = "AWS::CloudFront::Distribution";

  private Types() {}
}
