// The editor's looks, wholly from the design tokens; must not know what is edited.
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const LOOK = EditorView.theme({
  '&': { fontSize: 'var(--text-sm)', color: 'var(--ink)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.6' },
  '.cm-content': { padding: '0.5rem 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 0.75rem' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '1.5px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, ::selection':
    {
      backgroundColor: 'var(--selected)',
    },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--selected)',
    outline: '1px solid var(--accent-line)',
  },
  '.cm-placeholder': { color: 'var(--ink-3)' },
  '.cm-lintRange-error, .cm-lintRange-warning': {
    backgroundImage: 'none',
    paddingBottom: '0',
    textDecoration: 'underline wavy var(--bad-fill)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '0.22em',
    backgroundColor: 'var(--bad-soft)',
  },
  '.cm-lintRange-warning': { textDecorationStyle: 'dotted', backgroundColor: 'transparent' },
  '.cm-lintPoint::after': { display: 'none' },
  '.cm-diagnostic': { padding: '0.25rem 0.5rem', borderLeft: '3px solid var(--bad-fill)' },
  '.cm-diagnosticAction': {
    font: 'inherit',
    margin: '0.25rem 0.5rem 0.25rem 0.625rem',
    padding: '0.125rem 0.5rem',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--raised)',
    color: 'var(--accent-ink)',
    cursor: 'pointer',
  },
  '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--ink)' },
  '.cm-sluice-name': { fontFamily: 'var(--font-mono)' },
  '.cm-tooltip': {
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    boxShadow: 'var(--shadow-2)',
    fontSize: 'var(--text-sm)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--font-mono)',
    maxHeight: '15rem',
    maxWidth: '30rem',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.1875rem 0.625rem', lineHeight: '1.5' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-completionLabel': { fontSize: 'var(--text-sm)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': {
    marginLeft: '0.75rem',
    fontStyle: 'normal',
    color: 'var(--ink-3)',
    fontSize: 'var(--text-xs)',
  },
  'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-tooltip.cm-completionInfo': {
    padding: '0.5rem 0.75rem',
    maxWidth: '22rem',
    whiteSpace: 'pre-wrap',
    fontFamily: 'var(--font-ui)',
    fontSize: 'var(--text-xs)',
    lineHeight: '1.5',
  },
  '.cm-sluice-tip': { padding: '0.375rem 0.625rem', maxWidth: '28rem' },
  '.cm-sluice-tip p + p': { color: 'var(--ink-2)', marginTop: '0.125rem' },
});

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent-ink)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--ok-ink)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--quasi-ink)' },
  { tag: tags.typeName, color: 'var(--secret-ink)' },
  { tag: [tags.standard(tags.name), tags.function(tags.name)], color: 'var(--ink)' },
  { tag: tags.special(tags.name), color: 'var(--secret-ink)' },
  { tag: [tags.lineComment, tags.blockComment, tags.comment], color: 'var(--ink-3)', fontStyle: 'italic' },
  { tag: [tags.operator, tags.punctuation, tags.paren], color: 'var(--ink-2)' },
  { tag: tags.heading, fontWeight: '700' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: [tags.monospace], color: 'var(--secret-ink)' },
  { tag: [tags.link, tags.url], color: 'var(--accent-ink)' },
  { tag: [tags.processingInstruction, tags.meta], color: 'var(--ink-3)' },
]);

export const EDITOR_THEME: Extension = [LOOK, syntaxHighlighting(COLOURS)];
