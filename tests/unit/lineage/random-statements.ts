// Seeded random statements over two small relations, with names chosen so that they shadow each other.

/** mulberry32: a small seeded generator of numbers in [0, 1). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const RANDOM_ROWS: Readonly<Record<string, string>> = {
  r: `SELECT * FROM (VALUES ('a1', 'b1', 'c1', 'k1'), ('a2', 'b2', 'c1', 'k2'), ('a3', 'b2', 'c3', 'k3'), ('a1', 'b4', 'c4', 'k2'))
    AS v(a, b, c, k)`,
  s: `SELECT * FROM (VALUES ('k1', 'b2', 'e1'), ('k2', 'a1', 'e2'), ('k2', 'c1', 'e3')) AS v(k, b, e)`,
};

export const RANDOM_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  r: ['a', 'b', 'c', 'k'],
  s: ['k', 'b', 'e'],
};

class Writer {
  readonly #next: () => number;
  constructor(seed: number) {
    this.#next = generator(seed);
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#next() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  #maybe(share: number, text: () => string): string {
    return this.#next() < share ? text() : '';
  }

  /** A text-valued expression over columns. */
  #value(columns: readonly string[], depth: number): string {
    if (depth === 0) return this.#next() < 0.9 ? this.#pick(columns) : "'x'";
    const inner = () => this.#value(columns, depth - 1);
    return this.#pick([
      inner,
      () => `upper(${inner()})`,
      () => `(${inner()} || ${inner()})`,
      () => `coalesce(nullif(${inner()}, ${inner()}), ${inner()})`,
      () => `CASE WHEN ${inner()} > ${inner()} THEN ${inner()} ELSE ${inner()} END`,
      () => `CASE ${inner()} WHEN 'a1' THEN ${inner()} END`,
      () => `CAST(length(${inner()}) AS VARCHAR)`,
      () => `substring(${inner()}, 2)`,
      () =>
        `CAST(${inner()} IN (SELECT ${this.#pick(['b', 'e', 'k', this.#pick(columns)])} FROM s) AS VARCHAR)`,
      () =>
        `(SELECT max(${this.#pick(['z.e', 'z.b', this.#pick(columns)])}) FROM s AS z WHERE z.k = ${this.#pick(columns)})`,
      () => `CAST(EXISTS (SELECT 1 FROM s AS z WHERE z.b = ${this.#pick(columns)}) AS VARCHAR)`,
      () => `list_transform([${inner()}], a -> a || ${inner()})[1]`,
      () => `{'a': ${inner()}, 'b': ${inner()}}.${this.#pick(['a', 'b'])}`,
      () => `max(${inner()}) OVER (PARTITION BY ${inner()})`,
      () => `CAST(rank() OVER (ORDER BY ${inner()}) AS VARCHAR)`,
    ])();
  }

  #condition(columns: readonly string[]): string {
    const value = () => this.#value(columns, 1);
    return this.#pick([
      () => `${value()} <> ${value()}`,
      () => `${this.#pick(columns)} IN ('a1', 'b2', 'c1', 'k2')`,
      () => `${this.#pick(columns)} IN (SELECT b FROM s)`,
      () => `EXISTS (SELECT 1 FROM s AS z WHERE z.k = ${this.#pick(columns)})`,
      () => `length(${value()}) > 1`,
    ])();
  }

  #alias(): string {
    return this.#pick(['a', 'b', 'c', 'k', 'e', 'm', 'n']);
  }

  #source(): { readonly from: string; readonly columns: readonly string[] } {
    return this.#pick([
      () => ({ from: 'r', columns: ['a', 'b', 'c', 'k', 'r.a'] }),
      () => ({ from: 'r AS s', columns: ['a', 'b', 's.c', 'k'] }),
      () => ({ from: 'r AS x(b, a)', columns: ['a', 'b', 'x.b', 'c'] }),
      () => ({
        from: `r ${this.#pick(['JOIN', 'LEFT JOIN', 'FULL JOIN', 'RIGHT JOIN'])} s USING (k)`,
        columns: ['a', 'c', 'k', 'e', 'r.b', 's.b', 's.k'],
      }),
      () => ({ from: `r JOIN s ON r.b = s.b OR r.k = s.k`, columns: ['a', 'r.k', 's.b', 'e', 's.k'] }),
      () => ({
        from: `r ${this.#pick(['SEMI JOIN', 'ANTI JOIN'])} s USING (b)`,
        columns: ['a', 'b', 'c', 'k'],
      }),
      () => ({ from: `r NATURAL JOIN (SELECT k, e FROM s) AS s`, columns: ['a', 'b', 'c', 'k', 'e'] }),
      () => ({
        from: `(SELECT a AS b, b AS a, c || k AS c FROM r WHERE ${this.#condition(['a', 'b', 'c', 'k'])}) AS t`,
        columns: ['a', 'b', 'c', 't.a'],
      }),
      () => ({
        from: `r, LATERAL (SELECT r.a || r.b AS e, r.c AS n) AS l`,
        columns: ['a', 'b', 'e', 'n', 'l.e'],
      }),
      () => ({ from: `r, unnest([r.a, r.k]) AS u(e)`, columns: ['b', 'c', 'e', 'u.e'] }),
    ])();
  }

  #items(columns: readonly string[]): string {
    const count = 1 + Math.floor(this.#next() * 3);
    return Array.from({ length: count }, () => {
      if (this.#next() < 0.15)
        return this.#pick(['*', '* EXCLUDE (k)', '* REPLACE (upper(b) AS b)', '* RENAME (c AS q)']);
      const aliased = this.#next() < 0.25 ? this.#alias() : null;
      const value = aliased ?? this.#value(columns, 1 + Math.floor(this.#next() * 2));
      return this.#next() < 0.75 ? `${value} AS ${this.#alias()}` : value;
    }).join(', ');
  }

  #plain(): string {
    const { from, columns } = this.#source();
    // Ties would let the engine choose: where one row of several is taken, every column breaks them.
    const all = columns.join(', ');
    const first = this.#maybe(0.15, () => this.#pick(['DISTINCT ', `DISTINCT ON (${this.#pick(columns)}) `]));
    const where = this.#maybe(0.4, () => ` WHERE ${this.#condition(columns)}`);
    const window = () => `(PARTITION BY ${this.#pick(columns)} ORDER BY ${this.#pick(columns)}, ${all})`;
    const qualify = this.#maybe(0.15, () => ` QUALIFY row_number() OVER ${window()} = 1`);
    const isOrdered = first.includes('ON') || this.#next() < 0.2;
    const order = isOrdered ? ` ORDER BY ${this.#pick([...columns, '1'])}, ${all} LIMIT 2` : '';
    return `SELECT ${first}${this.#items(columns)} FROM ${from}${where}${qualify}${order}`;
  }

  #ordered(write: (value: string) => string, columns: readonly string[]): string {
    return write(this.#value(columns, 1));
  }

  #grouped(): string {
    const { from, columns } = this.#source();
    const key = this.#value(columns, 1);
    const name = this.#alias();
    const filter = this.#maybe(0.3, () => ` FILTER (WHERE ${this.#condition(columns)})`);
    const inner = () => this.#value(columns, 1);
    const aggregate = this.#pick([
      () => `max(${inner()})${filter}`,
      () => `min(${inner()})`,
      () => `count(DISTINCT ${inner()})${filter}`,
      () => this.#ordered((value) => `string_agg(${value}, ',' ORDER BY ${value})`, columns),
      () => this.#ordered((value) => `list(${value} ORDER BY ${value} DESC)`, columns),
      () => `arg_max(${this.#pick(columns)}, ${columns.join(' || ')})`,
      () => `quantile_disc(${this.#pick(columns)}, 0.5)`,
    ])();
    const group = this.#pick([name, '1', 'ALL', key]);
    const having = this.#maybe(0.2, () => ` HAVING count(*) > 1 OR max(${this.#pick(columns)}) > 'b'`);
    return `SELECT ${key} AS ${name}, ${aggregate} AS ${this.#alias()} FROM ${from} GROUP BY ${group}${having}`;
  }

  #wrapped(inner: string): string {
    return this.#pick([
      () => inner,
      () => inner,
      () => `WITH r AS (${inner}) SELECT * FROM r`,
      () => `WITH t(z) AS (${inner}) SELECT z, t.* FROM t`,
      () => `SELECT * FROM (${inner}) AS w, (SELECT count(*) AS cnt FROM s) AS q`,
      () => `${inner.replace(/ ORDER BY [^)]*LIMIT 2$/, '')} UNION ALL SELECT ${'a'} FROM r`,
      () => `SELECT a FROM r EXCEPT (SELECT e FROM s UNION (SELECT k FROM s))`,
      () => `(${inner}) UNION ALL BY NAME (SELECT k, e AS a FROM s)`,
      () => `SELECT COLUMNS('^[a-c]$') || 'x' FROM (${inner}) AS w`,
      () =>
        `FROM (SELECT a AS b, k AS m FROM r WHERE ${this.#condition(['a', 'b', 'c', 'k'])}) AS w SELECT w`,
    ])();
  }

  statement(): string {
    return this.#wrapped(this.#next() < 0.7 ? this.#plain() : this.#grouped());
  }
}

/** `count` statements; the same for the same seed. */
export function randomStatements(seed: number, count: number): readonly string[] {
  const writer = new Writer(seed);
  return Array.from({ length: count }, () => writer.statement());
}
