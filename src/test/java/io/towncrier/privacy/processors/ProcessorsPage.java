package io.towncrier.privacy.processors;

import java.util.stream.Collectors;

/** docs/processors.md, out of the register. */
final class ProcessorsPage {
  private static final String HEAD =
      """
      # Processors
      Made of `src/main/resources/privacy/processors.csv`; change that file, not this page. Who else receives personal
      data on behalf of the maker, for what, and where ([ADR 64](adr/0064-processors.md)). Nothing else outside of the
      maker's own systems is called: a host that does not stand here fails a test.

      The maker's own systems are no processors: the sign-in (OIDC), the collector of traces, the endpoints of events.
      Where they are is a setting, and no event or trace is about a person.

      | Id | Who | For what | Receives | Where | Hosts | How it is deleted there |
      |---|---|---|---|---|---|---|
      """;

  private ProcessorsPage() {}

  static String of(Processors register) {
    return HEAD + register.all().stream().map(ProcessorsPage::row).collect(Collectors.joining());
  }

  private static String row(Processor processor) {
    String hosts =
        processor.hosts().stream()
            .sorted()
            .map(host -> "`" + host + "`")
            .collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            processor.id(),
            processor.name(),
            processor.purpose(),
            processor.data(),
            processor.region(),
            hosts.isEmpty() ? "none of ours" : hosts,
            processor.erasure());
  }
}
