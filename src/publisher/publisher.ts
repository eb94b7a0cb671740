// Entry of the publisher's document: theme, a look at who opened it, and the page; must not know the notebook.
import '../lib/ui/base.css';
import './publisher.css';
import { mount } from 'svelte';
import HeldPage from './HeldPage.svelte';
import Publisher from './Publisher.svelte';

const THEMES: readonly (string | null)[] = [
  'light',
  'dark',
  'high-contrast',
  'high-contrast-light',
  'high-contrast-dark',
];

function applyTheme(): void {
  try {
    const theme = localStorage.getItem('sluice-theme');
    document.documentElement.dataset['theme'] = theme !== null && THEMES.includes(theme) ? theme : 'system';
  } catch {
    document.documentElement.dataset['theme'] = 'system';
  }
}

/** A page that embeds or opened this one could press its buttons. */
function isHeldByAnotherPage(): boolean {
  return window.top !== window || window.opener !== null;
}

applyTheme();
window.addEventListener('storage', applyTheme);
mount(isHeldByAnotherPage() ? HeldPage : Publisher, { target: document.body });
