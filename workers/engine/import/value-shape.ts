// What kinds of values a column holds, seen one by one so that none is overlooked; must not know where they come from.

/** A number whose text says more than a DOUBLE can hold. */
export class ExactNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Kinds of text, as bits; a column has those that all its texts have. */
export const TEXT = { date: 1, timestamp: 2, zoned: 4 } as const;
const ALL_KINDS = 7;

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIMESTAMP =
  /^(\d{4})-(\d\d)-(\d\d)[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(Z|[+-]\d\d(?::?\d\d)?)?$/;

function isDay(year: string, month: string, day: string): boolean {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day);
}

function kindsOf(text: string): number {
  if (text.length < 10 || text.length > 35 || text.codePointAt(4) !== 0x2d) return 0;
  const found = DATE.exec(text) ?? TIMESTAMP.exec(text);
  if (found === null || !isDay(found[1] ?? '', found[2] ?? '', found[3] ?? '')) return 0;
  if (found[0].length === 10) return TEXT.date;
  return found[5] === undefined ? TEXT.timestamp : TEXT.zoned;
}

/** Own members in their order; what JSON calls an object. */
export type PlainObject = Readonly<Record<string, unknown>>;

export class ValueShape {
  booleans = 0;
  wholes = 0;
  fractions = 0;
  /** Numbers with more digits than a DOUBLE keeps, or out of its range. */
  exactFractions = 0;
  wild = 0;
  least = 0n;
  greatest = 0n;
  texts = 0;
  textKinds = ALL_KINDS;
  dates = 0;
  /** Dates with a time of day. */
  times = 0;
  objects = 0;
  lists = 0;
  readonly fields = new Map<string, ValueShape>();
  item: ValueShape | null = null;

  /** Answers how many members of objects there are in the value. */
  observe(value: unknown): number {
    switch (typeof value) {
      case 'string':
        this.texts++;
        if (this.textKinds !== 0) this.textKinds &= kindsOf(value);
        return 0;
      case 'number':
        if (Number.isInteger(value)) this.#whole(value);
        else this.fractions++;
        return 0;
      case 'boolean':
        this.booleans++;
        return 0;
      default:
        return value === null || value === undefined ? 0 : this.#nested(value);
    }
  }

  #whole(value: number): void {
    this.wholes++;
    if (Number.isSafeInteger(value)) return;
    this.#exact(BigInt(value).toString());
  }

  #nested(value: object): number {
    if (Array.isArray(value)) {
      this.lists++;
      this.item ??= new ValueShape();
      let members = 0;
      for (const each of value) members += this.item.observe(each);
      return members;
    }
    if (value instanceof ExactNumber) {
      this.#exact(value.text);
      return 0;
    }
    if (value instanceof Date) {
      this.dates++;
      if (value.getTime() % 86_400_000 !== 0) this.times++;
      return 0;
    }
    return this.#object(value as PlainObject);
  }

  #object(value: PlainObject): number {
    this.objects++;
    const names = Object.keys(value);
    let members = names.length;
    for (const name of names) {
      let field = this.fields.get(name);
      if (field === undefined) this.fields.set(name, (field = new ValueShape()));
      members += field.observe(value[name]);
    }
    return members;
  }

  #exact(text: string): void {
    if (/^-?\d+$/.test(text)) {
      this.wholes++;
      const value = BigInt(text);
      if (value < this.least) this.least = value;
      if (value > this.greatest) this.greatest = value;
    } else if (Number.isFinite(Number(text))) this.exactFractions++;
    else this.wild++;
  }
}
