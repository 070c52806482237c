package io.towncrier.audit.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.contract.Contract;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("zoneless")
class AuditExportExampleTest {
  @Test
  void theContractShowsALineAsItIsWritten() throws JsonProcessingException {
    AuditLog.Stored stored =
        new AuditLog.Stored(
            412,
            new AuditEntry(
                "olga",
                "release.published",
                "towncrier_ax3000:1.3.0",
                "by otto",
                Instant.parse("2026-05-04T08:00:00Z")),
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    JsonMapper json =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    assertThat(Contract.committed().example("exportAuditEntries", "application/x-ndjson"))
        .isEqualTo(json.writeValueAsString(AuditResource.Shown.of(stored)) + "\n");
  }
}
