package io.towncrier.artifacts.s3;

import io.towncrier.artifacts.ArtifactHome.HomeFailure;
import io.towncrier.artifacts.ArtifactName;
import io.towncrier.artifacts.ArtifactsConfig;
import io.towncrier.artifacts.Parts;
import io.towncrier.artifacts.Sums;
import io.towncrier.platform.aws.AwsClients;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/** What is asked of S3 about one object, or one upload of it. Its methods block. */
final class ArtifactBucket {
  /** What the CDN's right to read an object depends on; the policy of the bucket names it too. */
  static final Tag PUBLISHED = Tag.builder().key("published").value("true").build();

  private static final int NOT_FOUND = 404;

  private final AwsClients aws;
  private final ArtifactsConfig config;

  ArtifactBucket(AwsClients aws, ArtifactsConfig config) {
    this.aws = aws;
    this.config = config;
  }

  String begin(String key) {
    return tried(
        () ->
            aws.s3()
                .createMultipartUpload(
                    r ->
                        r.bucket(name())
                            .key(key)
                            .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                            .contentType(ArtifactName.MEDIA_TYPE)
                            .cacheControl(ArtifactName.KEPT)
                            .contentDisposition("attachment"))
                .uploadId());
  }

  void abort(String key, String upload) {
    tried(
        () -> {
          try {
            return aws.s3().abortMultipartUpload(r -> r.bucket(name()).key(key).uploadId(upload));
          } catch (S3Exception gone) {
            return ifGone(gone, "");
          }
        });
  }

  /** An upload has fewer parts than one answer can list. */
  List<Part> parts(String key, String upload) {
    return tried(
        () -> {
          try {
            return aws.s3().listParts(r -> r.bucket(name()).key(key).uploadId(upload)).parts();
          } catch (S3Exception gone) {
            return ifGone(gone, List.of());
          }
        });
  }

  /**
   * Makes the object; nothing when that was done before.
   *
   * @param sums SHA-256 of each part in Base64, which S3 wants to see again
   */
  void complete(String key, String upload, IntFunction<String> sums) {
    List<CompletedPart> parts =
        parts(key, upload).stream()
            .sorted(Comparator.comparing(Part::partNumber))
            .map(
                part ->
                    CompletedPart.builder()
                        .partNumber(part.partNumber())
                        .eTag(part.eTag())
                        .checksumSHA256(sums.apply(part.partNumber()))
                        .build())
            .toList();
    if (parts.isEmpty()) {
      return;
    }
    tried(
        () ->
            aws.s3()
                .completeMultipartUpload(
                    r ->
                        r.bucket(name())
                            .key(key)
                            .uploadId(upload)
                            .multipartUpload(m -> m.parts(parts))));
  }

  /** Reads the object once, a range after the other: a connection that breaks costs one range. */
  Optional<Sums> read(String key, BooleanSupplier hasTime) {
    long size = tried(() -> aws.s3().headObject(r -> r.bucket(name()).key(key)).contentLength());
    Sums.Maker sums = new Sums.Maker();
    for (int number = 1; number <= Parts.count(size); number++) {
      if (!hasTime.getAsBoolean()) {
        return Optional.empty();
      }
      long from = Parts.offset(number);
      byte[] bytes = range(key, from, from + Parts.bytes(size, number) - 1);
      sums.add(bytes, bytes.length);
    }
    return Optional.of(sums.sums());
  }

  private byte[] range(String key, long first, long last) {
    return tried(
        () ->
            aws.s3()
                .getObject(
                    r -> r.bucket(name()).key(key).range("bytes=" + first + "-" + last),
                    (response, body) -> readAll(body)));
  }

  private static byte[] readAll(InputStream body) throws IOException {
    return body.readAllBytes();
  }

  void publish(String key) {
    tried(
        () ->
            aws.s3()
                .putObjectTagging(
                    r -> r.bucket(name()).key(key).tagging(t -> t.tagSet(PUBLISHED))));
  }

  void delete(String key) {
    tried(() -> aws.s3().deleteObject(r -> r.bucket(name()).key(key)));
  }

  private static <T> T ifGone(S3Exception failure, T nothing) {
    if (failure instanceof NoSuchUploadException || failure.statusCode() == NOT_FOUND) {
      return nothing;
    }
    throw failure;
  }

  private String name() {
    return config.bucket().orElseThrow();
  }

  private static <T> T tried(Callable<T> work) {
    try {
      return work.call();
    } catch (SdkException failure) {
      throw new HomeFailure(failure);
    } catch (RuntimeException bug) {
      throw bug;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
