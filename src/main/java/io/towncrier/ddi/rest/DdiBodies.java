package io.towncrier.ddi.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.towncrier.ddi.Deployment;
import io.towncrier.ddi.PollAnswer;
import io.towncrier.ddi.actions.Action;
import io.towncrier.releases.Artifact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON of hawkBit's DDI, as its unmodified clients read it. */
final class DdiBodies {
  private DdiBodies() {}

  /** A link. */
  record Link(String href) {}

  /**
   * The answer to a poll.
   *
   * @param links only what the client is to do
   * @param towncrier for people; no client reads it
   */
  record Poll(Config config, @JsonProperty("_links") Map<String, Link> links, Told towncrier) {
    /**
     * As its clients read it.
     *
     * @param base what all links begin with
     */
    static Poll of(PollAnswer answer, String base) {
      Map<String, Link> links = new LinkedHashMap<>();
      answer
          .deployment()
          .ifPresent(action -> links.put("deploymentBase", deployment(base, action)));
      answer
          .cancel()
          .ifPresent(
              // swupdate puts more behind this one, so nothing may stand there.
              action ->
                  links.put("cancelAction", new Link(base + "/cancelAction/" + action.number())));
      if (answer.configData()) {
        links.put("configData", new Link(base + "/configData"));
      }
      return new Poll(
          new Config(new Polling(answer.sleep().text())),
          links,
          new Told(answer.decision(), answer.reason()));
    }

    /** What stands behind {@code c} changes with the action; nobody reads it. */
    private static Link deployment(String base, Action action) {
      int changed = action.changedAt().hashCode() & Integer.MAX_VALUE;
      return new Link(base + "/deploymentBase/" + action.number() + "?c=" + changed);
    }
  }

  record Config(Polling polling) {}

  record Polling(String sleep) {}

  /** Why a client has something to do, or nothing. */
  record Told(String decision, Optional<String> reason) {}

  /** An action to do. */
  record Shown(String id, Order deployment, ActionHistory actionHistory) {
    static Shown of(Deployment shown) {
      Artifact artifact = shown.artifact();
      File file =
          new File(
              artifact.name(),
              artifact.size(),
              new Hashes(artifact.sha1().orElseThrow(), artifact.md5(), artifact.sha256()),
              Map.of("download", new Link(artifact.url().toString())));
      Chunk chunk = new Chunk("os", shown.release().version(), shown.product(), List.of(file));
      boolean isClosed = shown.window() == Deployment.Window.CLOSED;
      return new Shown(
          Integer.toString(shown.action().number()),
          new Order(
              "forced",
              isClosed ? "skip" : "forced",
              shown.window() == Deployment.Window.NONE
                  ? Optional.empty()
                  : Optional.of(isClosed ? "unavailable" : "available"),
              List.of(chunk)),
          new ActionHistory("RUNNING", List.of()));
    }
  }

  record Order(
      String download, String update, Optional<String> maintenanceWindow, List<Chunk> chunks) {}

  record Chunk(String part, String version, String name, List<File> artifacts) {}

  record File(
      String filename, long size, Hashes hashes, @JsonProperty("_links") Map<String, Link> links) {}

  record Hashes(String sha1, Optional<String> md5, String sha256) {}

  record ActionHistory(String status, List<String> messages) {}

  /** An action to cancel. swupdate looks for the deployment in it while it downloads. */
  record Cancel(String id, Stop cancelAction, NoUpdate deployment) {
    static Cancel of(int number) {
      String id = Integer.toString(number);
      return new Cancel(id, new Stop(id), new NoUpdate("skip"));
    }
  }

  record Stop(String stopId) {}

  record NoUpdate(String update) {}
}
