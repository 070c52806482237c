package io.towncrier.platform.rest;

import io.towncrier.platform.InputReader;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A body that says no more than which revision its sender has seen. */
@Schema(name = "SeenRevision")
public record SeenRevision(@Nullable Integer revision) {
  // A proxy that compresses answers makes weak tags of ours; behind the revision a tag may say what
  // else the answer rests on.
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,9})(?:-[0-9a-f]{1,64})?\"");

  /** The revision in {@code If-Match} or in a body that may be missing; a defect is noted. */
  public static OptionalInt optional(
      InputReader input, @Nullable String ifMatch, @Nullable SeenRevision body) {
    return optional(input, ifMatch, body == null ? null : body.revision());
  }

  /** The revision in {@code If-Match} or in a member of a body; a defect is noted. */
  public static OptionalInt optional(
      InputReader input, @Nullable String ifMatch, @Nullable Integer member) {
    OptionalInt told = member(input, member);
    OptionalInt matched = tag(input, ifMatch);
    if (told.isPresent() && matched.isPresent() && told.getAsInt() != matched.getAsInt()) {
      input.reject("revision", "is another one in If-Match than in the body");
    }
    return told.isPresent() ? told : matched;
  }

  /** The revision, which must be told; 0 when it is not, and the defect is noted. */
  public static int required(
      InputReader input, @Nullable String ifMatch, @Nullable Integer member) {
    if (ifMatch == null && member == null) {
      input.reject(
          "revision",
          "is required, here or as If-Match: what you change is the revision that you have seen");
    }
    return optional(input, ifMatch, member).orElse(0);
  }

  /** The same of an operation without a body. */
  public static int required(InputReader input, @Nullable String ifMatch) {
    if (ifMatch == null) {
      input.reject("If-Match", "is required: the ETag of what you have seen");
    }
    return tag(input, ifMatch).orElse(0);
  }

  /** The same of a body that may be missing altogether. */
  public static int required(
      InputReader input, @Nullable String ifMatch, @Nullable SeenRevision body) {
    return required(input, ifMatch, body == null ? null : body.revision());
  }

  private static OptionalInt member(InputReader input, @Nullable Integer member) {
    if (member == null) {
      return OptionalInt.empty();
    }
    if (member < 0) {
      input.reject("revision", "must be a whole number, zero or more");
      return OptionalInt.empty();
    }
    return OptionalInt.of(member);
  }

  private static OptionalInt tag(InputReader input, @Nullable String ifMatch) {
    if (ifMatch == null) {
      return OptionalInt.empty();
    }
    Matcher tag = TAG.matcher(ifMatch.trim());
    if (!tag.matches()) {
      input.reject("If-Match", "must be one ETag as it was read, such as \"3\"");
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(tag.group(1)));
  }
}
