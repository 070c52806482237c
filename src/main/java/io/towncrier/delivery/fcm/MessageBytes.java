package io.towncrier.delivery.fcm;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.google.api.client.json.gson.GsonFactory;
import com.google.firebase.messaging.Message;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.phone.PhoneKeys;
import io.towncrier.delivery.recall.Recall;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.ChallengePusher.Challenge;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.language.LocalizedText;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bodies of requests. The messages of a notice differ by their address and MAC alone, so the rest
 * is rendered once, by firebase-admin's own types. For one thread.
 */
final class MessageBytes {
  // A notice at a time, in a few dozen languages, for a few versions.
  private static final int KEPT = 512;

  private final PhoneKeys keys;
  private final InstantSource clock;
  // Stand for the address and the MAC; random, so that no text of a notice contains them.
  private final Secret mark = new Secret(Ids.next("address"));
  private final String macMark = Ids.next("mac");
  private final Pattern marks =
      Pattern.compile(Pattern.quote(mark.reveal()) + "|" + Pattern.quote(macMark));
  private final Map<Key, Form> forms =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Form> eldest) {
          return size() > KEPT;
        }
      };

  MessageBytes(PhoneKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  Buffer notice(PushMessage message) {
    Instant now = clock.instant();
    long ttl = FcmMessages.ttl(message).toSeconds();
    Key key =
        new Key(
            message.notice(),
            message.text(),
            ttl,
            now.getEpochSecond() + ttl,
            message.urgent(),
            message.handling(),
            message.address().kind());
    Form form = forms.get(key);
    if (form == null) {
      form = form(FcmMessages.notice(message, macMark, mark, now), FcmMessages.form(message));
      forms.put(key, form);
    }
    return form.with(keys.open(message.address()), keys.mac(message.deviceId(), form.covered));
  }

  Buffer challenge(Challenge challenge) {
    return form(FcmMessages.challenge(challenge, mark, clock.instant()), new byte[0])
        .with(keys.open(challenge.address()), "");
  }

  Buffer recall(Recall recall, PushAddress to) {
    byte[] covered = FcmMessages.form(recall);
    return form(FcmMessages.recall(recall, to, macMark, mark, clock.instant()), covered)
        .with(keys.open(to), keys.mac(recall.device(), covered));
  }

  private Form form(Message message, byte[] covered) {
    try {
      String json = GsonFactory.getDefaultInstance().toString(Map.of("message", message));
      List<Piece> pieces = new ArrayList<>();
      Matcher found = marks.matcher(json);
      int from = 0;
      while (found.find()) {
        pieces.add(Piece.of(json.substring(from, found.start()), found.group().equals(macMark)));
        from = found.end();
      }
      byte[] end = json.substring(from).getBytes(StandardCharsets.UTF_8);
      return new Form(List.copyOf(pieces), end, covered);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private record Key(
      String notice,
      LocalizedText.Picked text,
      long ttl,
      long expiration,
      boolean urgent,
      PushMessage.Handling handling,
      PushAddress.Kind kind) {}

  /** A text, and which of the two marks stood behind it. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
  private record Piece(byte[] text, boolean isBeforeMac) {
    static Piece of(String text, boolean isBeforeMac) {
      return new Piece(text.getBytes(StandardCharsets.UTF_8), isBeforeMac);
    }
  }

  /** What is the same for all devices, and what of it the MAC covers. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
  private record Form(List<Piece> pieces, byte[] end, byte[] covered) {
    Buffer with(Secret address, String mac) {
      byte[] to = JsonStringEncoder.getInstance().quoteAsUTF8(address.reveal());
      // No letter of it has to be escaped.
      byte[] proof = mac.getBytes(StandardCharsets.US_ASCII);
      int length = end.length;
      for (Piece piece : pieces) {
        length += piece.text.length + (piece.isBeforeMac ? proof : to).length;
      }
      Buffer whole = Buffer.buffer(length);
      for (Piece piece : pieces) {
        whole.appendBytes(piece.text).appendBytes(piece.isBeforeMac ? proof : to);
      }
      return whole.appendBytes(end);
    }
  }
}
