package io.towncrier.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of questions that overtake each other, the console shows the answer to the last one. */
@QuarkusTest
@Tag("zoneless")
class ConsoleQuestionsIT {
  /** A component that shows nothing and hands out what its hook says. */
  private static final String PROBE =
      """
      async () => {
        const main = document.querySelector('script[type=module]').src;
        const { html, mount } = await import(new URL('ui/dom.js', main));
        const data = await import(new URL('ui/data.js', main));
        const probe = (hook) => {
          const seen = {};
          const Probe = () => {
            seen.now = hook();
            return null;
          };
          mount(html`<${Probe} />`, document.createElement('div'));
          return seen;
        };
        const until = async (isSo) => {
          while (!isSo()) {
            await new Promise((goOn) => setTimeout(goOn, 5));
          }
        };
        const drawn = async () => {
          for (let turn = 0; turn < 5; turn++) {
            await new Promise((goOn) => setTimeout(goOn));
          }
        };
      """;

  @RegisterExtension static final ConsoleVisit VISIT = new ConsoleVisit();

  private Page page;

  @BeforeEach
  void openThePage() {
    page = VISIT.browser().open("");
    PlaywrightAssertions.assertThat(page.getByLabel("Operator token")).isVisible();
  }

  @Test
  void anAnswerToAnEarlierQuestionIsNotShown() {
    assertThat(
            said(
                """
                  const seen = probe(data.useAnswer);
                  let first;
                  const slow = seen.now.ask(() => new Promise((goOn) => (first = goOn)));
                  await seen.now.ask(async () => 'second');
                  first('first');
                  await slow;
                  await drawn();
                  const shown = [seen.now.answer];
                  let failed;
                  const fails = seen.now.ask(() => new Promise((_, fail) => (failed = fail)));
                  seen.now.forget();
                  failed(new Error('late'));
                  await fails;
                  await drawn();
                  return [...shown, seen.now.answer, seen.now.problem];
                }
                """))
        .containsExactly("second", "null", "null");
  }

  @Test
  void aPageThatWasReloadedKeepsTheNewerAnswer() {
    assertThat(
            said(
                """
                  const pending = [];
                  const load = () => new Promise((goOn) => pending.push(goOn));
                  const seen = probe(() => data.useData(load, []));
                  await until(() => pending.length === 1);
                  const again = seen.now.reload();
                  pending[1]('new');
                  await again;
                  await until(() => seen.now.data !== null);
                  pending[0]('old');
                  await drawn();
                  return [seen.now.data];
                }
                """))
        .containsExactly("new");
  }

  /** Counting takes a while, in which another question may be opened. */
  @Test
  void aDialogIsNotReplacedByAnEarlierQuestion() {
    assertThat(
            said(
                """
                  const dialogs = await import(new URL('ui/dialogs.js', main));
                  const place = document.body.appendChild(document.createElement('div'));
                  mount(html`<${dialogs.Dialogs} />`, place);
                  const question = (title) => ({ title, count: 1, total: 0, label: 'x' });
                  const shown = () => place.querySelector('dialog h2')?.textContent;
                  let counted;
                  const slow = dialogs.widen(() => new Promise((goOn) => (counted = goOn)));
                  dialogs.askToEnd({ title: 'second', text: '', name: 'x', label: 'x' });
                  await until(() => shown() === 'second');
                  counted(question('first'));
                  await slow;
                  await drawn();
                  const kept = shown();
                  await dialogs.widen(async () => question('third'));
                  await until(() => shown() !== 'second');
                  return [kept, shown()];
                }
                """))
        .containsExactly("second", "third");
  }

  private List<String> said(String script) {
    return ((List<?>) page.evaluate(PROBE + script)).stream().map(String::valueOf).toList();
  }
}
