package io.towncrier.delivery.getui;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of Getui's receipts, and who has signed them. */
class ReceiptTest {
  private static final String CID = "0123456789abcdef0123456789abcdef";
  // Of app, cid, task, message and secret below, by md5sum.
  private static final String SIGN = "03de300464679802e2f14e76c6813bae";
  private static final String LINE =
      "{\"appid\":\"towncrierTestApp\",\"cid\":\"%s\",\"taskid\":\"RASS_0504_1\",\"msgid\":\"msg1\","
          + "\"code\":\"200\",\"desc\":\"\u6210\u529f\",\"sign\":\"%s\",\"recvtime\":1}";
  private static final GetuiAccount OURS =
      new GetuiAccount("towncrierTestApp", "key", new Secret("testMasterSecret"));

  @Test
  void aLineIsReadAndItsSignatureComparedInEitherCase() {
    for (String sign : List.of(SIGN, SIGN.toUpperCase(java.util.Locale.ROOT))) {
      Receipt receipt = Receipt.read(LINE.formatted(CID, sign)).orElseThrow();
      assertThat(receipt.app()).isEqualTo("towncrierTestApp");
      assertThat(receipt.cid().reveal()).isEqualTo(CID);
      assertThat(receipt.task()).isEqualTo("RASS_0504_1");
      assertThat(receipt.code()).isEqualTo(200);
      assertThat(receipt.isSignedBy(OURS)).isTrue();
      assertThat(receipt.toString()).doesNotContain(CID).doesNotContain("RASS");
    }
  }

  @Test
  void aSignatureWithAnotherSecretOrOfAnotherAddressIsNone() {
    Receipt receipt = Receipt.read(LINE.formatted(CID, SIGN)).orElseThrow();
    assertThat(
            receipt.isSignedBy(
                new GetuiAccount("towncrierTestApp", "key", new Secret("testMasterSecret2"))))
        .isFalse();
    Receipt other = Receipt.read(LINE.formatted(CID.replace('0', '1'), SIGN)).orElseThrow();
    assertThat(other.isSignedBy(OURS)).isFalse();
  }

  @Test
  void numbersMayBeNumbers() {
    String line = LINE.formatted(CID, SIGN).replace("\"200\"", "200").replace("\"msg1\"", "17");
    assertThat(Receipt.read(line).orElseThrow().code()).isEqualTo(200);
    assertThat(Receipt.read(line).orElseThrow().message()).isEqualTo("17");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "200",
        "{}",
        "[]",
        "{\"appid\":\"a\"",
        "[{\"appid\":\"a\",\"cid\":\"b\",\"taskid\":\"c\",\"msgid\":\"d\",\"code\":1,\"sign\":\"0123456789abcdef0123456789abcdef\"}]",
        // Two in one line.
        "{\"appid\":\"a\",\"cid\":\"b\",\"taskid\":\"c\",\"msgid\":\"d\",\"code\":1,\"sign\":\"0123456789abcdef0123456789abcdef\"} {}",
        "{\"appid\":\"a\",\"cid\":\"b\",\"taskid\":\"c\",\"msgid\":\"d\",\"code\":1}",
        "{\"appid\":\"a\",\"cid\":\"b\",\"taskid\":\"c\",\"msgid\":\"d\",\"code\":1,\"sign\":\"short\"}",
        "{\"appid\":\"a\",\"cid\":\"b\",\"taskid\":\"c\",\"msgid\":\"d\",\"code\":1.5,\"sign\":\"0123456789abcdef0123456789abcdef\"}",
        "{\"appid\":\"a\",\"cid\":\"b\",\"taskid\":\"c\",\"msgid\":\"d\",\"code\":-1,\"sign\":\"0123456789abcdef0123456789abcdef\"}",
        "{\"appid\":\"a\",\"cid\":[\"b\"],\"taskid\":\"c\",\"msgid\":\"d\",\"code\":1,\"sign\":\"0123456789abcdef0123456789abcdef\"}",
        "{\"appid\":\"a\",\"cid\":\"b\\u0000\",\"taskid\":\"c\",\"msgid\":\"d\",\"code\":1,\"sign\":\"0123456789abcdef0123456789abcdef\"}",
        "{\"appid\":\"a\",\"cid\":\"b\",\"taskid\":\"c\\n\",\"msgid\":\"d\",\"code\":1,\"sign\":\"0123456789abcdef0123456789abcdef\"}",
        "{\"appid\":\"a\",\"cid\":\"\",\"taskid\":\"c\",\"msgid\":\"d\",\"code\":1,\"sign\":\"0123456789abcdef0123456789abcdef\"}"
      })
  void whatIsNoReceiptIsNone(String line) {
    assertThat(Receipt.read(line)).isEmpty();
  }

  @Test
  void whatIsTooLongOrTooDeepIsNone() {
    String line = LINE.formatted(CID, SIGN);
    assertThat(Receipt.read(line.replace("\u6210", "x".repeat(5000)))).isEmpty();
    assertThat(Receipt.read("[".repeat(4000))).isEmpty();
    assertThat(Receipt.read(line.replace("RASS", "R".repeat(200)))).isEmpty();
  }

  @Test
  void aBodyIsSplitAtWhateverEndsALine() {
    assertThat(ReceiptLines.of("a\r\nb\n\n \nc").lines()).containsExactly("a", "b", "c");
    assertThat(ReceiptLines.of("").lines()).isEmpty();
    assertThat(ReceiptLines.of("secret").toString()).isEqualTo("1 lines");
  }
}
