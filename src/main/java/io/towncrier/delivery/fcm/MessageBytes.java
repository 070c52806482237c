package io.towncrier.delivery.fcm;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.google.api.client.json.gson.GsonFactory;
import com.google.firebase.messaging.Message;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.recall.Recall;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.ChallengePusher.Challenge;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.privacy.Vault;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bodies of requests. The messages of a notice differ by their address alone, so the rest is
 * rendered once, by firebase-admin's own types. For one thread.
 */
final class MessageBytes {
  // A notice at a time, in a few dozen languages, for a few versions.
  private static final int KEPT = 512;

  private final Vault vault;
  private final InstantSource clock;
  // Stands for the address; random, so that no text of a notice contains it.
  private final Secret mark = new Secret(Ids.next("address"));
  private final Map<Key, Form> forms =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Form> eldest) {
          return size() > KEPT;
        }
      };

  MessageBytes(Vault vault, InstantSource clock) {
    this.vault = vault;
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
      form = form(FcmMessages.notice(message, mark, now));
      forms.put(key, form);
    }
    return form.with(open(message.address()));
  }

  Buffer challenge(Challenge challenge) {
    return form(FcmMessages.challenge(challenge, mark, clock.instant()))
        .with(open(challenge.address()));
  }

  Buffer recall(Recall recall, PushAddress to) {
    return form(FcmMessages.recall(recall, to, mark, clock.instant())).with(open(to));
  }

  private Secret open(PushAddress address) {
    return vault.open(address.sealed(), address.place());
  }

  private Form form(Message message) {
    try {
      String json = GsonFactory.getDefaultInstance().toString(Map.of("message", message));
      int at = json.indexOf(mark.reveal());
      return new Form(
          json.substring(0, at).getBytes(StandardCharsets.UTF_8),
          json.substring(at + mark.reveal().length()).getBytes(StandardCharsets.UTF_8));
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

  @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
  private record Form(byte[] before, byte[] after) {
    Buffer with(Secret address) {
      byte[] value = JsonStringEncoder.getInstance().quoteAsUTF8(address.reveal());
      return Buffer.buffer(before.length + value.length + after.length)
          .appendBytes(before)
          .appendBytes(value)
          .appendBytes(after);
    }
  }
}
