// The four levels of sensitivity and their order; knows nothing of how they are found.

/** `direct` identifies a person, `quasi` identifies in combination, `secret` is a credential. */
export type Sensitivity = 'none' | 'quasi' | 'direct' | 'secret';

export const SENSITIVITY_ORDER: readonly Sensitivity[] = ['none', 'quasi', 'direct', 'secret'];

export function sensitivityRank(level: Sensitivity): number {
  return SENSITIVITY_ORDER.indexOf(level);
}

export function higherSensitivity(a: Sensitivity, b: Sensitivity): Sensitivity {
  return sensitivityRank(a) >= sensitivityRank(b) ? a : b;
}

export function lowerSensitivity(a: Sensitivity, b: Sensitivity): Sensitivity {
  return sensitivityRank(a) <= sensitivityRank(b) ? a : b;
}
