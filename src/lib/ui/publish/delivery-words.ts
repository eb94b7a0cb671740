// What is said of a module on its way to an S3 destination; must not know how it gets there.
import type { DeliveryView } from '../../session/destination-types.ts';

export interface DeliveryWords {
  readonly title: string;
  readonly text: string;
}

export function describeDelivery(delivery: DeliveryView): DeliveryWords {
  const { destinationName: to, state } = delivery;
  const what = `${delivery.namespace}/${delivery.module} ${delivery.version}`;
  const words: Readonly<Record<DeliveryView['state'], DeliveryWords>> = {
    waiting: {
      title: 'Waiting to be sent',
      text: `${what} lies ready for ${to}. Nothing was sent: the publisher shows every file and sends on your click there.`,
    },
    sending: {
      title: 'Sending',
      text: `The publisher is sending ${what} to ${to}. This page may be closed.`,
    },
    sent: { title: 'Sent', text: `${what} is in ${to}.` },
    failed: {
      title: 'Not sent',
      text: `${what} is not in ${to} as a version. It still lies ready: try again in the publisher.`,
    },
    refused: {
      title: 'Refused',
      text: `${to} did not take ${what}. Check again: that looks the last version up and numbers anew.`,
    },
    cancelled: {
      title: 'Cancelled',
      text: `Sending ${what} was cancelled in the publisher. It still lies ready, and ${to} has no such version.`,
    },
  };
  return words[state];
}

/** True while the same module may still be sent. */
export function canBeSent(state: DeliveryView['state']): boolean {
  return state === 'waiting' || state === 'failed' || state === 'cancelled';
}
