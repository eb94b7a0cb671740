// Whether the keyboard is Apple's, known only in the browser; the prerendered page says Ctrl.
import { isApplePlatform } from './cell-shortcuts.ts';

export const platform = {
  get isApple(): boolean {
    return typeof navigator !== 'undefined' && isApplePlatform(navigator.platform);
  },
};
