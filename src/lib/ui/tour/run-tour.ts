// Leads through the steps one by one, each beside its element; must not know the session or the roles.
import { driver, type DriveStep } from 'driver.js';
import 'driver.js/dist/driver.css';
import './tour.css';
import type { TourStep } from './tour-steps.ts';

export interface TourRun {
  readonly steps: readonly TourStep[];
  readonly from: number;
  /** Opens what the step needs; resolves once its element can be there. */
  readonly prepare: (step: TourStep) => Promise<void>;
  readonly reached: (index: number) => void;
  /** `isDone`: it went to its end. */
  readonly left: (isDone: boolean) => void;
}

/** How long an element may take to come, e.g. while the sample is being opened. */
const PATIENCE_MS = 5_000;

function describe({ target, title, text }: TourStep): DriveStep {
  return { element: target, popover: { title, description: text } };
}

/** Starts it. Escape and the cross leave it, the arrows go on and back; where an element is not there the words stand alone. */
export async function runTour({ steps, from, prepare, reached, left }: TourRun): Promise<void> {
  let isDone = false;
  const tour = driver({
    steps: steps.map(describe),
    animate: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    smoothScroll: false,
    showProgress: true,
    progressText: '{{current}} of {{total}}',
    nextBtnText: 'Next',
    prevBtnText: 'Back',
    doneBtnText: 'Done',
    popoverClass: 'sluice-tour',
    overlayColor: '#000',
    overlayOpacity: 0.45,
    stagePadding: 6,
    stageRadius: 6,
    overlayClickBehavior: () => {},
    disableActiveInteraction: true,
    waitForElement: PATIENCE_MS,
    onPopoverRender: ({ closeButton }) => {
      closeButton.setAttribute('aria-label', 'Leave the tour');
      closeButton.title = 'Leave the tour';
    },
    onHighlighted: () => reached(tour.getActiveIndex() ?? 0),
    onNextClick: () => void go((tour.getActiveIndex() ?? 0) + 1),
    onPrevClick: () => void go((tour.getActiveIndex() ?? 0) - 1),
    onDoneClick: () => finish(),
    onDestroyed: () => left(isDone),
  });

  function finish(): void {
    isDone = true;
    tour.destroy();
  }

  async function go(index: number): Promise<void> {
    const step = steps[index];
    if (index >= steps.length) return finish();
    if (!step) return;
    await prepare(step);
    if (tour.isActive()) tour.moveTo(index);
  }

  const start = Math.min(Math.max(0, from), steps.length - 1);
  const first = steps[start];
  if (!first) return;
  await prepare(first);
  tour.drive(start);
}
