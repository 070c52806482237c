// Drafts of releases and of notices: typed, saved with the revision that they were read in, and discarded.
import { admin, remove } from './api.js';
import { Conflict } from './conflict.js';
import { askToEnd } from './dialogs.js';
import { html, useState } from './dom.js';
import { useKept } from './kept.js';
import { Act, Refused, Trouble } from './parts.js';
import { go } from './router.js';
import { t } from './texts.js';
import { say } from './toasts.js';

/** Kind is where they are in addresses; send saves one over a revision, and answers with what is saved. */
export function useDraft({ kind, id, saved, send }) {
  const [base, setBase] = useState(saved);
  const { value: draft, change, letGo, isChanged, wasKept } = useKept(`${kind} ${id}`, saved);
  const [problem, setProblem] = useState(null);
  const [theirs, setTheirs] = useState(null);
  const [saves, setSaves] = useState(0);
  // A form is drawn anew for what somebody else wrote: its fields hold what was typed.
  const [taken, setTaken] = useState(0);
  const isNew = id === 'new';
  const save = async (event, revision = base.revision) => {
    event?.preventDefault();
    setProblem(null);
    try {
      const now = await send(draft, revision);
      letGo(now, draft, `${kind} ${now.id}`);
      setBase(now);
      setTheirs(null);
      setSaves(saves + 1);
      say(t('saved'));
      if (isNew) {
        go([kind, now.id, 'edit']);
      }
    } catch (failure) {
      if (failure.code === 'stale-revision' && failure.current) {
        setTheirs(failure.current);
      } else {
        setProblem(failure);
      }
    }
  };
  const takeTheirs = () => {
    letGo(theirs);
    setTaken(taken + 1);
    setBase(theirs);
    setTheirs(null);
  };
  const discard = (title, name) =>
    askToEnd({
      title,
      text: t('draft.discardText'),
      name,
      label: t('draft.discardDo'),
      act: async () => {
        await remove(admin(kind, id), { revision: base.revision });
        letGo(saved);
        say(t('draft.discarded'));
        go([kind]);
      },
    });
  return { base, draft, change, isNew, isChanged, wasKept, problem, theirs, saves, taken, save, takeTheirs, discard };
}

/** The form of a draft, with what somebody else has saved meanwhile; why it cannot be saved, and what else may be done. */
export const DraftFrame = ({ of, members, why, actions, children }) => html`
  ${of.wasKept && html`<p class="card calm">${t('draft.kept')}</p>`}
  ${of.theirs && html`<${Conflict} theirs=${of.theirs} mine=${of.draft} members=${members} takeTheirs=${of.takeTheirs} keepMine=${() => of.save(null, of.theirs.revision)} />`}
  <${Refused} problem=${of.problem}><form onSubmit=${of.save}>
    ${children} ${of.problem && html`<${Trouble} problem=${of.problem} />`}
    <div class="actions sticky">
      <${Act} submit kind=${of.isChanged || of.isNew ? 'main' : ''} label=${t('save')} why=${why} /> ${!of.isNew && actions}
    </div>
  </form><//>
`;
