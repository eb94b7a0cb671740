// Writes each request into the ledger before it is sent and when it ended; a request it cannot record is not sent.
import { unwrap } from '../lib/base/result.ts';
import type { RecordRequest, WireRecord } from '../lib/publish/s3-types.ts';
import { writeWireRecord } from '../lib/store/publisher-records.ts';
import { sendHint } from './hints.ts';

export interface WireRecorder {
  readonly record: RecordRequest;
  /** Bytes of all requests recorded so far. */
  readonly sums: () => { readonly bytesSent: number; readonly bytesReceived: number };
}

export function createWireRecorder(onRecorded: () => void): WireRecorder {
  const seen = new Map<string, WireRecord>();
  return {
    record: async (record) => {
      unwrap(await writeWireRecord(record));
      seen.set(record.id, record);
      onRecorded();
      sendHint({ kind: 'ledger-changed' });
    },
    sums: () => {
      let [bytesSent, bytesReceived] = [0, 0];
      for (const record of seen.values()) {
        bytesSent += record.bytesSent;
        bytesReceived += record.bytesReceived;
      }
      return { bytesSent, bytesReceived };
    },
  };
}
