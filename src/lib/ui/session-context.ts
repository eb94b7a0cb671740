// Hands the session to components through Svelte's context; must not know how a session is made.
import { createContext } from 'svelte';
import type { Session } from '../session/session-types.ts';

const [readSession, writeSession] = createContext<Session>();

/** Call once, while the outermost component is being initialised. */
export function setSession(session: Session): Session {
  return writeSession(session);
}

/**
 * The session of the page; its members are reactive, so read them where they are used and do not destructure.
 * @throws where no component above called `setSession`.
 */
export function useSession(): Session {
  return readSession();
}
