// The engine's own functions with what they take and do, as its list says them; must not know menus. Made by `scripts/build-function-list.ts`.
import list from './engine-functions.json';

export interface EngineFunction {
  readonly name: string;
  readonly kind: string;
  /** `string, start, length`; empty where the engine does not say. */
  readonly parameters: string;
  readonly purpose: string;
}

export const ENGINE_FUNCTIONS: readonly EngineFunction[] = list.map(
  ([name = '', kind = '', parameters = '', purpose = '']) => ({ name, kind, parameters, purpose }),
);

const BY_NAME: ReadonlyMap<string, EngineFunction> = new Map(
  ENGINE_FUNCTIONS.map((each) => [each.name, each]),
);

export function engineFunction(name: string): EngineFunction | undefined {
  return BY_NAME.get(name.toLowerCase());
}
