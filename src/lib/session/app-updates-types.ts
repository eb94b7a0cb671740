// What the interface sees of the app's own files: whether they are all on this device, and whether newer ones wait.

export interface OfflineView {
  /** `unknown` where no service worker serves the page (development). */
  readonly state: 'unknown' | 'storing' | 'ready' | 'incomplete';
  readonly storedBytes: number;
  readonly totalBytes: number;
  /** Why not, while `incomplete`. */
  readonly reason: string | null;
}

/**
 * `arriving`: the server has a new version that is not whole yet. `no-room`: this device has no space for it. `ready`: a
 * whole one waits on this device.
 */
export type UpdateState = 'none' | 'arriving' | 'no-room' | 'ready' | 'reloading';

export interface Updates {
  readonly offline: OfflineView;
  readonly update: UpdateState;
  /** Why the last wish to reload was not granted; null where nothing stands against it. */
  readonly refusal: string | null;

  /** Saves in every tab and loads the waiting version in all of them; refused while something runs in one of them. */
  apply(): Promise<void>;
}
