// Days and microseconds as dates of the proleptic Gregorian calendar, over the engine's whole range; must not know columns.

export const DAY_MICROS = 86_400_000_000;

export interface CivilDate {
  /** Astronomical: 0 is 1 BC. */
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** Days since 1970-01-01 (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil). */
export function daysFromCivil({ year, month, day }: CivilDate): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The inverse (civil_from_days, same source). */
export function civilFromDays(days: number): CivilDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** `2016-02-03`; years before 1 as the engine writes and reads them: `0044-03-15 (BC)`. */
export function formatDay(days: number): string {
  const { year, month, day } = civilFromDays(days);
  const shown = `${pad(year > 0 ? year : 1 - year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  return year > 0 ? shown : `${shown} (BC)`;
}

/** `07:55:29.5`, microseconds without trailing zeros. */
export function formatDayTime(micros: number): string {
  const whole = Math.round(micros);
  const seconds = Math.floor(whole / 1_000_000);
  const fraction = pad(whole - seconds * 1_000_000, 6).replace(/0+$/, '');
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return clock.map((part) => pad(part, 2)).join(':') + (fraction === '' ? '' : `.${fraction}`);
}

/** `2016-02-03T07:55:29`, from microseconds since 1970-01-01, rounded to whole ones. */
export function formatMoment(micros: number): string {
  const whole = Math.round(micros);
  const days = Math.floor(whole / DAY_MICROS);
  const day = formatDay(days);
  return `${day}${day.endsWith(')') ? ' ' : 'T'}${formatDayTime(whole - days * DAY_MICROS)}`;
}
