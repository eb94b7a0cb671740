// Tips in the editor: what the name under the pointer is, and what the call around the caret takes; must not know the session.
import { StateField } from '@codemirror/state';
import type { EditorState, Extension } from '@codemirror/state';
import { hoverTooltip, showTooltip } from '@codemirror/view';
import type { Tooltip } from '@codemirror/view';
import { callAt, factsAt, type CallFacts } from './name-facts.ts';
import type { CompletionScope } from './sql-completion.ts';

function paragraph(text: string, className = ''): HTMLParagraphElement {
  const element = document.createElement('p');
  element.textContent = text;
  element.className = className;
  return element;
}

function tipOf(...parts: readonly HTMLElement[]): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'cm-sluice-tip';
  dom.append(...parts);
  return dom;
}

function showCall({ name, parameters, current, purpose }: CallFacts): HTMLElement {
  const line = paragraph(`${name}(`, 'cm-sluice-name');
  parameters.forEach((parameter, index) => {
    const isCurrent = index === Math.min(current, parameters.length - 1);
    const element = document.createElement(isCurrent ? 'strong' : 'span');
    element.textContent = parameter;
    line.append(index === 0 ? '' : ', ', element);
  });
  line.append(')');
  const dom = tipOf(line, paragraph(purpose));
  dom.setAttribute('role', 'status');
  return dom;
}

function callTip(state: EditorState, readScope: () => CompletionScope): Tooltip | null {
  const { main } = state.selection;
  const call = main.empty ? callAt(state.doc.toString(), main.head, readScope()) : null;
  if (call === null) return null;
  return { pos: call.from, above: true, create: () => ({ dom: showCall(call) }) };
}

/** Seen while the caret is in a call that was typed or moved into; the tip stays the same element while nothing changes. */
function signatureHelp(readScope: () => CompletionScope): Extension {
  return StateField.define<Tooltip | null>({
    create: () => null,
    update(tip, transaction) {
      const isByHand = transaction.isUserEvent('input') || transaction.isUserEvent('delete');
      if (!transaction.docChanged && !transaction.selection) return tip;
      if (tip === null && !isByHand) return null;
      return callTip(transaction.state, readScope);
    },
    provide: (field) => showTooltip.from(field),
  });
}

export function nameTips(readScope: () => CompletionScope): Extension {
  return [
    signatureHelp(readScope),
    hoverTooltip((view, position) => {
      const facts = factsAt(view.state.doc.toString(), position, readScope());
      if (facts === null) return null;
      const dom = tipOf(
        paragraph(facts.title, 'cm-sluice-name'),
        ...facts.lines.map((line) => paragraph(line)),
      );
      return { pos: facts.from, end: facts.to, above: true, create: () => ({ dom }) };
    }),
  ];
}
