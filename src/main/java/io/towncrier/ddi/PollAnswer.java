package io.towncrier.ddi;

import io.towncrier.ddi.actions.Action;
import java.util.Optional;

/**
 * The answer to a poll.
 *
 * @param sleep when to come again
 * @param deployment the action to do
 * @param cancel the action to cancel; never beside one to do
 * @param configData whether the client is asked for its facts
 * @param decision as a check has it
 * @param reason why there is nothing to do, where there is one
 */
public record PollAnswer(
    Sleep sleep,
    Optional<Action> deployment,
    Optional<Action> cancel,
    boolean configData,
    String decision,
    Optional<String> reason) {}
