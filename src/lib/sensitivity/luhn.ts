// The Luhn checksum (ISO/IEC 7812-1, annex B), in TypeScript and as SQL; knows nothing of cards.

/** True where the last digit is the Luhn check digit of the others; false for anything but ASCII digits. */
export function luhnValid(digits: string): boolean {
  if (!/^\d+$/.test(digits)) return false;
  let sum = 0;
  for (let index = digits.length - 1, isDoubled = false; index >= 0; index--, isDoubled = !isDoubled) {
    const digit = digits.charCodeAt(index) - 48;
    sum += isDoubled ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}

/** The same over an SQL expression of type VARCHAR that holds ASCII digits only. */
export function luhnSql(digits: string): string {
  const digit = 'CAST(_sl_digit AS INTEGER)';
  const doubled = `${digit} * 2 - CASE WHEN _sl_digit > '4' THEN 9 ELSE 0 END`;
  const terms = `list_transform(string_split(reverse(${digits}), ''), lambda _sl_digit, _sl_place: CASE WHEN _sl_place % 2 = 1 THEN ${digit} ELSE ${doubled} END)`;
  return `(list_sum(${terms}) % 10 = 0)`;
}
