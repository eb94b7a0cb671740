// What the tour shows to whom, over the sample; must not know how it is shown.

export type TourRole = 'analyst' | 'engineer' | 'security';

/** What has to be open for the element to be there. */
export type TourScene = 'desk' | 'navigation' | 'inspector';

export interface TourStep {
  readonly id: string;
  /** A selector by name or role, of something the sample's notebook has. */
  readonly target: string;
  readonly scene: TourScene;
  readonly title: string;
  readonly text: string;
}

export const TOUR_ROLES: readonly {
  readonly role: TourRole;
  readonly label: string;
  readonly about: string;
}[] = [
  {
    role: 'analyst',
    label: 'Analyst',
    about: 'Look at data, cleanse it, ask where a number comes from, share the notebook.',
  },
  {
    role: 'engineer',
    label: 'Engineer',
    about: 'Steps as SQL, checks, versions of a module, the same notebook in a pipeline.',
  },
  {
    role: 'security',
    label: 'Security officer',
    about: 'What can leave and what cannot, the evidence, the gate, the log.',
  },
];

const cell = (name: string): string => `section[aria-label="${name}"]`;

const SOURCES: TourStep = {
  id: 'sources',
  target: 'nav[aria-label="Sources"]',
  scene: 'navigation',
  title: 'Files, opened here',
  text: 'Each file is a table that cells read by its name. A copy stays in this browser. The coloured counts say how many columns identify people: direct, or together with others.',
};

const EVIDENCE: TourStep = {
  id: 'evidence',
  target: 'aside[aria-label="Inspector"]',
  scene: 'inspector',
  title: 'Why a column is tagged',
  text: 'Pressing a source opens the inspector. For every column it says what was found, in how many values, and what the name says. You can raise a level, or lower it with a reason that is kept.',
};

const RUN: TourStep = {
  id: 'run',
  target: '[role="toolbar"][aria-label="Notebook"]',
  scene: 'desk',
  title: 'Run',
  text: 'Run all runs every cell in the order of what it reads. Run stale runs only what an edit touched. Nothing runs unasked, unless you switch the notebook to auto.',
};

const LOOK: TourStep = {
  id: 'look',
  target: cell('Cell spend_by_country'),
  scene: 'desk',
  title: 'A cell of SQL',
  text: 'Its name is a table for the cells after it. The editor completes columns and macros, and says what is wrong where it is. The result below is sorted, filtered and searched in place.',
};

const STEP: TourStep = {
  id: 'step',
  target: cell('Cell entered_once'),
  scene: 'desk',
  title: 'A step: a form that writes SQL',
  text: 'Change… opens the form, with rows before and after. Turn into SQL keeps what it wrote. There are steps to impute, tidy, encode, hash, mask, join and more.',
};

const CHECKS: TourStep = {
  id: 'checks',
  target: cell('Check cell customers_clean'),
  scene: 'desk',
  title: 'What must hold',
  text: 'Checks with a threshold to warn and one to fail. They are judged here, by the gate before anything is published, and by the command in a pipeline.',
};

const SAFE: TourStep = {
  id: 'safe',
  target: cell('Cell safe'),
  scene: 'desk',
  title: 'Safe to publish',
  text: 'Tokens in place of addresses, decades in place of birthdays. Each column head says what is left of what it came from; open one to see the path from the source.',
};

const GATE: TourStep = {
  id: 'gate',
  target: '[aria-label^="Publish cell"]',
  scene: 'desk',
  title: 'The gate',
  text: 'Check replays everything from the files in a fresh engine and judges the very bytes: lineage, content, risk, quality. What cannot be analysed is blocked. Try it with customers to see it refuse.',
};

const BYTES: TourStep = {
  id: 'bytes',
  target: 'footer button',
  scene: 'desk',
  title: 'Nothing was sent',
  text: 'The browser forbids this page to talk to any other host. Only a module that passed the gate can leave, from a page of its own, on your click there. Pressing the badge opens the ledger of every request.',
};

const OUTLINE: TourStep = {
  id: 'outline',
  target: 'nav[aria-label="Outline"]',
  scene: 'navigation',
  title: 'How everything stands',
  text: 'Every cell with its state, and a count of what failed, warned or is stale. Pressing one leads there.',
};

const VERSIONS: TourStep = {
  id: 'versions',
  target: 'nav[aria-label="Modules"]',
  scene: 'navigation',
  title: 'Modules',
  text: 'Every published version, never changed again. The next number follows from what changed in the data. A module’s page shows its metadata, steps and lineage, and verifies every byte.',
};

const LOG: TourStep = {
  id: 'log',
  target: 'nav[aria-label="Log"]',
  scene: 'navigation',
  title: 'Who did what, and when',
  text: 'Every import, edit, check and publication, chained by digests so that a change shows. It can be searched, filtered, verified and saved as CSV.',
};

const SHARE: TourStep = {
  id: 'share',
  target: '[role="toolbar"][aria-label="Notebook"]',
  scene: 'desk',
  title: 'Share the notebook, never the data',
  text: 'Share notebook makes a link or a file that carries cells and settings only. Who opens it binds files of their own, and sees what it will do before anything runs.',
};

const PIPELINE: TourStep = {
  id: 'pipeline',
  target: '[role="toolbar"][aria-label="Notebook"]',
  scene: 'desk',
  title: 'The same in a pipeline',
  text: 'Save notebook as file, then: sluice run notebook.sluice.md --source customers=new.csv --publish s3://bucket/modules. The same engine and the same gate; exit code 1 where a check or the gate says no.',
};

const MEMORY: TourStep = {
  id: 'engine',
  target: '[role="meter"][aria-label="Engine memory"]',
  scene: 'desk',
  title: 'The engine',
  text: 'DuckDB runs in this tab. The meter shows what it holds of what it may hold. If it runs out or crashes a new one is started, and nothing of the notebook is lost.',
};

const TOURS: Readonly<Record<TourRole, readonly TourStep[]>> = {
  analyst: [SOURCES, EVIDENCE, RUN, LOOK, STEP, CHECKS, SAFE, GATE, SHARE, BYTES],
  engineer: [SOURCES, OUTLINE, RUN, STEP, CHECKS, GATE, VERSIONS, PIPELINE, MEMORY],
  security: [BYTES, SOURCES, EVIDENCE, SAFE, GATE, VERSIONS, LOG],
};

export function tourFor(role: TourRole): readonly TourStep[] {
  return TOURS[role];
}
