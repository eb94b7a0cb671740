// Statements with the lineage they must have; read by hand, one by one. Notation: see example-relations.ts.

export interface Example {
  readonly sql: string;
  /** Output columns: `name <- parts ~ what decides this column alone`. */
  readonly columns: readonly string[];
  /** What decides the rows. */
  readonly rows: readonly string[];
}

export const EXAMPLES: readonly Example[] = [
  { sql: 'SELECT email FROM users', columns: ['email <- users.email'], rows: [] },
  {
    sql: 'SELECT email AS contact, u.name "Full Name" FROM users AS u',
    columns: ['contact <- users.email', 'Full Name <- users.name'],
    rows: [],
  },
  {
    sql: 'SELECT contact: email, n: salary + 1 FROM users',
    columns: ['contact <- users.email', 'n <- users.salary transformation: +'],
    rows: [],
  },
  {
    sql: 'FROM users',
    columns: [
      'id <- users.id',
      'name <- users.name',
      'email <- users.email',
      'salary <- users.salary',
      'country <- users.country',
      'born <- users.born',
      'tags <- users.tags',
      'address <- users.address',
    ],
    rows: [],
  },
  {
    sql: "FROM users u SELECT u.id, upper(name) AS loud WHERE country = 'UA'",
    columns: ['id <- users.id', 'loud <- users.name transformation: upper'],
    rows: ['users.country filter: ='],
  },
  {
    sql: 'SELECT *, salary * 12 AS yearly FROM users',
    columns: [
      'id <- users.id',
      'name <- users.name',
      'email <- users.email',
      'salary <- users.salary',
      'country <- users.country',
      'born <- users.born',
      'tags <- users.tags',
      'address <- users.address',
      'yearly <- users.salary transformation: *',
    ],
    rows: [],
  },
  {
    sql: 'SELECT * EXCLUDE (email, born) REPLACE (salary // 1000 AS salary) RENAME (name AS who) FROM users',
    columns: [
      'id <- users.id',
      'who <- users.name',
      'salary <- users.salary transformation: %',
      'country <- users.country',
      'tags <- users.tags',
      'address <- users.address',
    ],
    rows: [],
  },
  {
    sql: 'SELECT u.* EXCLUDE email, o.amount FROM users u JOIN orders o ON o.user_id = u.id',
    columns: [
      'id <- users.id',
      'name <- users.name',
      'salary <- users.salary',
      'country <- users.country',
      'born <- users.born',
      'tags <- users.tags',
      'address <- users.address',
      'amount <- orders.amount',
    ],
    rows: ['orders.user_id join: =', 'users.id join: =@1'],
  },
  {
    sql: 'SELECT mask_email(email) AS m, sluice.hmac_sha256(email) AS h, redact(mask_phone(name)) AS r FROM users',
    columns: [
      'm <- users.email transformation: sluice.mask_email',
      'h <- users.email transformation: sluice.hmac_sha256',
      'r <- users.name transformation: sluice.mask_phone, sluice.redact',
    ],
    rows: [],
  },
  {
    sql: 'SELECT mask_email(email) || name AS mixed FROM users',
    columns: ['mixed <- users.email transformation: sluice.mask_email, || + users.name transformation: ||@1'],
    rows: [],
  },
  {
    sql: 'SELECT bucket_number(salary, id) AS b FROM users',
    columns: [
      'b <- users.salary transformation: sluice.bucket_number + users.id transformation: sluice.bucket_number@1',
    ],
    rows: [],
  },
  {
    sql: 'SELECT bucket_number(v := salary, width := 10) AS b FROM users',
    columns: ['b <- users.salary transformation: bucket_number'],
    rows: [],
  },
  {
    sql: 'SELECT "mask_email"(email) AS quoted FROM users',
    columns: ['quoted <- users.email transformation: mask_email'],
    rows: [],
  },
  {
    sql: 'SELECT name.upper().lower() AS chained FROM users',
    columns: ['chained <- users.name transformation: upper, lower'],
    rows: [],
  },
  {
    sql: 'SELECT a.name, b.name AS other FROM users a LEFT JOIN users b ON a.id = b.salary',
    columns: ['name <- users.name', 'other <- users.name'],
    rows: ['users.id join: =', 'users.salary join: =@1'],
  },
  {
    sql: 'SELECT id, name, amount FROM users JOIN orders USING (id)',
    columns: ['id <- users.id + orders.id', 'name <- users.name', 'amount <- orders.amount'],
    rows: ['users.id join', 'orders.id join'],
  },
  {
    sql: 'SELECT * FROM users JOIN orders USING (id)',
    columns: [
      'id <- users.id + orders.id',
      'name <- users.name',
      'email <- users.email',
      'salary <- users.salary',
      'country <- users.country',
      'born <- users.born',
      'tags <- users.tags',
      'address <- users.address',
      'user_id <- orders.user_id',
      'amount <- orders.amount',
      'note <- orders.note',
      'placed <- orders.placed',
    ],
    rows: ['users.id join', 'orders.id join'],
  },
  {
    sql: 'SELECT users.id AS uid, orders.id AS oid FROM users FULL JOIN orders USING (id)',
    columns: ['uid <- users.id', 'oid <- orders.id'],
    rows: ['users.id join', 'orders.id join'],
  },
  {
    sql: 'SELECT * FROM users RIGHT JOIN orders USING (id) ORDER BY amount DESC',
    columns: [
      'id <- users.id + orders.id',
      'name <- users.name',
      'email <- users.email',
      'salary <- users.salary',
      'country <- users.country',
      'born <- users.born',
      'tags <- users.tags',
      'address <- users.address',
      'user_id <- orders.user_id',
      'amount <- orders.amount',
      'note <- orders.note',
      'placed <- orders.placed',
    ],
    rows: ['users.id join', 'orders.id join', 'orders.amount sort'],
  },
  {
    sql: 'SELECT * FROM orders NATURAL JOIN (SELECT id, name FROM users) AS u',
    columns: [
      'id <- orders.id + users.id',
      'user_id <- orders.user_id',
      'amount <- orders.amount',
      'note <- orders.note',
      'placed <- orders.placed',
      'name <- users.name',
    ],
    rows: ['orders.id join', 'users.id join'],
  },
  {
    sql: 'SELECT name FROM users SEMI JOIN orders ON users.id = orders.user_id',
    columns: ['name <- users.name'],
    rows: ['users.id join: =', 'orders.user_id join: =@1'],
  },
  {
    sql: 'SELECT name FROM users ANTI JOIN orders USING (id)',
    columns: ['name <- users.name'],
    rows: ['users.id join', 'orders.id join'],
  },
  {
    sql: 'SELECT u.name, o.amount FROM users u ASOF JOIN orders o ON u.id >= o.id',
    columns: ['name <- users.name', 'amount <- orders.amount'],
    rows: ['users.id join: >=', 'orders.id join: >=@1'],
  },
  {
    sql: 'SELECT u.name, o.note FROM users u CROSS JOIN orders o',
    columns: ['name <- users.name', 'note <- orders.note'],
    rows: [],
  },
  {
    sql: 'SELECT u.name, o.note FROM users u, orders o WHERE u.id = o.user_id AND o.amount > 5',
    columns: ['name <- users.name', 'note <- orders.note'],
    rows: ['users.id filter: =, and', 'orders.user_id filter: =@1, and', 'orders.amount filter: >, and@1'],
  },
  {
    sql: 'SELECT x.name, note FROM users x, orders JOIN (SELECT 1 AS id, 2 AS w) q USING (id)',
    columns: ['name <- users.name', 'note <- orders.note'],
    rows: ['orders.id join'],
  },
  {
    sql: 'SELECT * FROM (users JOIN orders USING (id)) JOIN (SELECT 1 AS id, 9 AS w) AS z USING (id)',
    columns: [
      'id <- users.id + orders.id',
      'name <- users.name',
      'email <- users.email',
      'salary <- users.salary',
      'country <- users.country',
      'born <- users.born',
      'tags <- users.tags',
      'address <- users.address',
      'user_id <- orders.user_id',
      'amount <- orders.amount',
      'note <- orders.note',
      'placed <- orders.placed',
      'w <-',
    ],
    rows: ['users.id join', 'orders.id join'],
  },
  {
    sql: 'SELECT country, count(*) AS n, avg(salary) AS mean FROM users GROUP BY country HAVING max(id) > 0',
    columns: ['country <- users.country', 'n <-', 'mean <- users.salary aggregation: avg'],
    rows: ['users.country group', 'users.id filter: max, >'],
  },
  {
    sql: 'SELECT country, sum(salary) AS s FROM users GROUP BY ALL ORDER BY ALL',
    columns: ['country <- users.country', 's <- users.salary aggregation: sum'],
    rows: ['users.country group', 'users.country sort', 'users.salary sort: sum'],
  },
  {
    sql: 'SELECT upper(country) AS c, min(name) AS first_name FROM users GROUP BY 1 ORDER BY 2 DESC',
    columns: ['c <- users.country transformation: upper', 'first_name <- users.name aggregation: min'],
    rows: ['users.country group: upper', 'users.name sort: min'],
  },
  {
    sql: 'SELECT lower(country) AS c, count(DISTINCT email) AS n FROM users GROUP BY c',
    columns: ['c <- users.country transformation: lower', 'n <- users.email aggregation: count'],
    rows: ['users.country group: lower'],
  },
  {
    sql: 'SELECT country, salary, count(*) FROM users GROUP BY ROLLUP (country, salary)',
    columns: ['country <- users.country', 'salary <- users.salary', 'count_star() <-'],
    rows: ['users.country group', 'users.salary group'],
  },
  {
    sql: "SELECT sum(salary) FILTER (WHERE country = 'UA') AS s, string_agg(name, ',' ORDER BY salary) AS names FROM users",
    columns: [
      's <- users.salary aggregation: sum ~ users.country condition: =',
      'names <- users.name aggregation: string_agg ~ users.salary sort',
    ],
    rows: [],
  },
  {
    sql: 'SELECT arg_max(name, salary) AS richest, first(email ORDER BY born) AS oldest, list(id ORDER BY id) AS ids FROM users',
    columns: [
      'richest <- users.name aggregation: arg_max ~ users.salary sort',
      'oldest <- users.email aggregation: first ~ users.born sort',
      'ids <- users.id aggregation: list ~ users.id sort',
    ],
    rows: [],
  },
  {
    sql: 'SELECT quantile_cont(salary, 0.5) AS q, percentile_cont(0.5) WITHIN GROUP (ORDER BY salary) AS p, median(salary) FROM users',
    columns: [
      'q <- users.salary aggregation: quantile_cont',
      'p <- users.salary aggregation: percentile_cont',
      'median(salary) <- users.salary aggregation: median',
    ],
    rows: [],
  },
  {
    sql: 'SELECT DISTINCT country FROM users',
    columns: ['country <- users.country'],
    rows: ['users.country group'],
  },
  {
    sql: 'SELECT DISTINCT ON (country) name, email FROM users ORDER BY salary DESC',
    columns: ['name <- users.name', 'email <- users.email'],
    rows: ['users.country group', 'users.salary sort'],
  },
  {
    sql: 'SELECT name FROM users ORDER BY email LIMIT 2 OFFSET 1',
    columns: ['name <- users.name'],
    rows: ['users.email sort'],
  },
  {
    sql: 'SELECT name FROM users LIMIT (SELECT count(*) FROM orders WHERE amount > 5)',
    columns: ['name <- users.name'],
    rows: ['orders.amount filter: >'],
  },
  {
    sql: 'SELECT name, row_number() OVER (PARTITION BY country ORDER BY salary) AS rn FROM users',
    columns: ['name <- users.name', 'rn <-  ~ users.country window + users.salary window'],
    rows: [],
  },
  {
    sql: 'SELECT sum(salary) OVER w AS running, lag(email) OVER w AS before FROM users WINDOW w AS (PARTITION BY country ORDER BY id)',
    columns: [
      'running <- users.salary aggregation: sum over ~ users.country window + users.id window',
      'before <- users.email transformation: lag ~ users.country window + users.id window',
    ],
    rows: [],
  },
  {
    sql: 'SELECT name FROM users QUALIFY rank() OVER (ORDER BY salary DESC) = 1',
    columns: ['name <- users.name'],
    rows: ['users.salary window'],
  },
  {
    sql: 'SELECT count(email) OVER (PARTITION BY country) AS n, avg(salary) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS a FROM users',
    columns: [
      'n <- users.email aggregation: count ~ users.country window',
      'a <- users.salary aggregation: avg over ~ users.id window',
    ],
    rows: [],
  },
  {
    sql: "SELECT CASE WHEN email LIKE '%@%' THEN name ELSE country END AS x FROM users",
    columns: [
      'x <- users.name transformation: case + users.country transformation: case@1 ~ users.email condition: like',
    ],
    rows: [],
  },
  {
    sql: "SELECT CASE country WHEN 'UA' THEN salary END AS x, if(salary > 5, name, 'poor') AS y FROM users",
    columns: [
      'x <- users.salary transformation: case ~ users.country condition',
      'y <- users.name transformation: if ~ users.salary condition: >',
    ],
    rows: [],
  },
  {
    sql: "SELECT coalesce(email, name) AS c, nullif(name, country) AS n, ifnull(email, '') AS i FROM users",
    columns: [
      'c <- users.email transformation: coalesce + users.name transformation: coalesce@1',
      'n <- users.name transformation: nullif + users.country transformation: nullif@1',
      'i <- users.email transformation: coalesce',
    ],
    rows: [],
  },
  {
    sql: 'SELECT CAST(salary AS VARCHAR) AS s, born::VARCHAR AS b, TRY_CAST(name AS INTEGER) AS t FROM users',
    columns: [
      's <- users.salary transformation: cast',
      'b <- users.born transformation: cast',
      't <- users.name transformation: try_cast',
    ],
    rows: [],
  },
  {
    sql: "SELECT email IS NULL AS no_mail, salary BETWEEN id AND 9 AS mid, name IN ('a', country) AS among, NOT (id = 1) AS neg FROM users",
    columns: [
      'no_mail <- users.email transformation: is null',
      'mid <- users.salary transformation: between + users.id transformation: between@1',
      'among <- users.name transformation: in + users.country transformation: in@2',
      'neg <- users.id transformation: =, not',
    ],
    rows: [],
  },
  {
    sql: 'SELECT name IN (SELECT note FROM orders WHERE amount > 1) AS noted FROM users',
    columns: [
      'noted <- users.name transformation: in + orders.note transformation: in@1 ~ orders.amount filter: >',
    ],
    rows: [],
  },
  {
    sql: 'SELECT EXISTS (SELECT 1 FROM orders o WHERE o.user_id = users.id) AS has FROM users',
    columns: ['has <-  ~ orders.user_id filter: = + users.id filter: =@1'],
    rows: [],
  },
  {
    sql: 'SELECT (SELECT max(amount) FROM orders o WHERE o.user_id = u.id) AS top FROM users u',
    columns: ['top <- orders.amount aggregation: max ~ orders.user_id filter: = + users.id filter: =@1'],
    rows: [],
  },
  {
    sql: 'SELECT name FROM users WHERE id IN (SELECT user_id FROM orders WHERE amount > 5)',
    columns: ['name <- users.name'],
    rows: ['users.id filter: in', 'orders.user_id filter: in@1', 'orders.amount filter: >'],
  },
  {
    sql: 'SELECT salary > ANY (SELECT amount FROM orders) AS more FROM users',
    columns: ['more <- users.salary transformation: any + orders.amount transformation: any@1'],
    rows: [],
  },
  {
    sql: 'WITH rich AS (SELECT * FROM users WHERE salary > 5), names AS (SELECT name FROM rich) SELECT name FROM names',
    columns: ['name <- users.name'],
    rows: ['users.salary filter: >'],
  },
  {
    sql: 'WITH users AS (SELECT name, salary FROM users) SELECT * FROM users',
    columns: ['name <- users.name', 'salary <- users.salary'],
    rows: [],
  },
  {
    sql: 'WITH a(x, y) AS MATERIALIZED (SELECT email, id FROM users) SELECT y, x FROM a',
    columns: ['y <- users.id', 'x <- users.email'],
    rows: [],
  },
  {
    sql: 'WITH a AS (WITH b AS (SELECT email AS e FROM users) SELECT e FROM b) SELECT a.e FROM a',
    columns: ['e <- users.email'],
    rows: [],
  },
  {
    sql: "WITH RECURSIVE r(n, trail) AS (SELECT id, name FROM users UNION ALL SELECT n + 1, trail || '/' || note FROM r JOIN orders ON user_id = n WHERE n < 3) SELECT n, trail FROM r",
    columns: [
      'n <- users.id + users.id transformation: +',
      'trail <- users.name + users.name transformation: || + orders.note transformation: ||@1 + orders.note transformation: ||@1, ||',
    ],
    rows: [
      'orders.user_id join: =',
      'users.id join: =@1',
      'users.id filter: <',
      'users.id join: +, =@1',
      'users.id filter: +, <',
    ],
  },
  {
    sql: 'SELECT name FROM users UNION ALL SELECT note FROM orders',
    columns: ['name <- users.name + orders.note'],
    rows: [],
  },
  {
    sql: 'SELECT name, id FROM users UNION SELECT note, amount FROM orders ORDER BY 1 LIMIT 3',
    columns: ['name <- users.name + orders.note', 'id <- users.id + orders.amount'],
    rows: [
      'users.name group',
      'users.id group',
      'orders.note group',
      'orders.amount group',
      'users.name sort',
      'orders.note sort',
    ],
  },
  {
    sql: 'SELECT name, id FROM users UNION ALL BY NAME SELECT id, amount FROM orders',
    columns: ['name <- users.name', 'id <- users.id + orders.id', 'amount <- orders.amount'],
    rows: [],
  },
  {
    sql: 'SELECT country FROM users INTERSECT SELECT note FROM orders',
    columns: ['country <- users.country + orders.note'],
    rows: ['users.country filter', 'orders.note filter'],
  },
  {
    sql: 'SELECT id FROM users EXCEPT SELECT user_id FROM orders',
    columns: ['id <- users.id'],
    rows: ['users.id filter', 'orders.user_id filter'],
  },
  { sql: "VALUES (1, 'a'), (2, 'b')", columns: ['col0 <-', 'col1 <-'], rows: [] },
  { sql: 'SELECT v.a, b FROM (VALUES (1, 2), (3, 4)) AS v(a, b)', columns: ['a <-', 'b <-'], rows: [] },
  {
    sql: 'SELECT t.x FROM (SELECT email AS x, id FROM users) AS t WHERE t.id > 1',
    columns: ['x <- users.email'],
    rows: ['users.id filter: >'],
  },
  { sql: 'SELECT q FROM users AS x(p, q)', columns: ['q <- users.name'], rows: [] },
  {
    sql: 'SELECT a.name, big FROM users a, LATERAL (SELECT a.salary * 2 AS big) AS l',
    columns: ['name <- users.name', 'big <- users.salary transformation: *'],
    rows: [],
  },
  {
    sql: 'SELECT u.id, tag FROM users u, unnest(u.tags) AS n(tag)',
    columns: ['id <- users.id', 'tag <- users.tags transformation: unnest'],
    rows: ['users.tags join: unnest'],
  },
  { sql: 'SELECT i, name FROM range(2) AS r(i), users', columns: ['i <-', 'name <- users.name'], rows: [] },
  { sql: 'SELECT range FROM range(3)', columns: ['range <-'], rows: [] },
  {
    sql: "SELECT unnest(string_split(name, ' ')) AS part, id FROM users",
    columns: ['part <- users.name transformation: string_split, unnested', 'id <- users.id'],
    rows: ['users.name join: string_split, unnested'],
  },
  {
    sql: 'SELECT list_transform(tags, x -> x || name) AS l, list_filter(tags, lambda x: x = country) AS f FROM users',
    columns: [
      'l <- users.tags transformation: list_transform + users.tags transformation: ||, list_transform@1 + users.name transformation: ||@1, list_transform@1',
      'f <- users.tags transformation: list_filter + users.tags transformation: =, list_filter@1 + users.country transformation: =@1, list_filter@1',
    ],
    rows: [],
  },
  {
    sql: 'SELECT [x || email FOR x IN tags IF x <> name] AS l FROM users',
    columns: [
      'l <- users.tags + users.tags transformation: ||, list comprehension + users.email transformation: ||@1, list comprehension + users.tags transformation: <>, list comprehension@1 + users.name transformation: <>@1, list comprehension@1',
    ],
    rows: [],
  },
  {
    sql: "SELECT [name, email] AS l, {'who': name, 'pay': salary} AS s, MAP {country: salary} AS m FROM users",
    columns: [
      'l <- users.name transformation: list + users.email transformation: list@1',
      's <- users.name transformation: struct + users.salary transformation: struct@1',
      'm <- users.country transformation: map + users.salary transformation: map@1',
    ],
    rows: [],
  },
  {
    sql: 'SELECT tags[1] AS t, tags[1:2] AS u, address.city AS c, users.address.street AS st, (address).city AS d FROM users',
    columns: [
      't <- users.tags transformation: []',
      'u <- users.tags transformation: [:]',
      'c <- users.address transformation: .',
      'st <- users.address transformation: .',
      'd <- users.address transformation: .',
    ],
    rows: [],
  },
  {
    sql: 'SELECT users FROM users',
    columns: [
      'users <- users.id transformation + users.name transformation + users.email transformation + users.salary transformation + users.country transformation + users.born transformation + users.tags transformation + users.address transformation',
    ],
    rows: [],
  },
  {
    sql: 'SELECT u AS whole FROM users u',
    columns: [
      'whole <- users.id transformation + users.name transformation + users.email transformation + users.salary transformation + users.country transformation + users.born transformation + users.tags transformation + users.address transformation',
    ],
    rows: [],
  },
  {
    sql: 'SELECT salary AS pay, pay + 1 AS more FROM users WHERE pay > 2',
    columns: ['pay <- users.salary', 'more <- users.salary transformation: +'],
    rows: ['users.salary filter: >'],
  },
  {
    sql: 'SELECT country AS name, name AS again FROM users',
    columns: ['name <- users.country', 'again <- users.name'],
    rows: [],
  },
  {
    sql: "SELECT email AS country FROM users WHERE country = 'UA'",
    columns: ['country <- users.email'],
    rows: ['users.country filter: =', 'users.email filter: ='],
  },
  {
    sql: 'SELECT length(email) AS id FROM users ORDER BY id',
    columns: ['id <- users.email transformation: length'],
    rows: ['users.id sort', 'users.email sort: length'],
  },
  {
    sql: "SELECT date_trunc('month', placed) AS m, extract(year FROM placed) AS y, placed + INTERVAL 1 DAY AS p, date_diff('day', placed, TIMESTAMP '2020-01-01') AS d FROM orders",
    columns: [
      'm <- orders.placed transformation: date_trunc@1',
      'y <- orders.placed transformation: extract',
      'p <- orders.placed transformation: +',
      'd <- orders.placed transformation: date_diff@1',
    ],
    rows: [],
  },
  {
    sql: "SELECT substring(email FROM 2 FOR 3) AS s, position('@' IN email) AS p, trim(BOTH ' ' FROM name) AS t, regexp_replace(email, name, '') AS r FROM users",
    columns: [
      's <- users.email transformation: substring',
      'p <- users.email transformation: position',
      't <- users.name transformation: trim',
      'r <- users.email transformation: regexp_replace + users.name transformation: regexp_replace@1',
    ],
    rows: [],
  },
  {
    sql: "SELECT COLUMNS('^na|pay') FROM (SELECT name, salary AS pay, email FROM users)",
    columns: ['name <- users.name', 'pay <- users.salary'],
    rows: [],
  },
  {
    sql: 'SELECT max(COLUMNS(* EXCLUDE (tags, address))) FROM users',
    columns: [
      'id <- users.id aggregation: max',
      'name <- users.name aggregation: max',
      'email <- users.email aggregation: max',
      'salary <- users.salary aggregation: max',
      'country <- users.country aggregation: max',
      'born <- users.born aggregation: max',
    ],
    rows: [],
  },
  {
    sql: "SELECT COLUMNS(['email', 'id'])::VARCHAR FROM users",
    columns: ['id <- users.id transformation: cast', 'email <- users.email transformation: cast'],
    rows: [],
  },
  {
    sql: 'UNPIVOT (SELECT id, name, email FROM users) ON name, email INTO NAME field VALUE content',
    columns: [
      'id <- users.id',
      'field <-',
      'content <- users.name transformation + users.email transformation',
    ],
    rows: ['users.name filter', 'users.email filter'],
  },
  {
    sql: 'SELECT field, content FROM (SELECT id, name, email FROM users) UNPIVOT (content FOR field IN (name, email))',
    columns: ['field <-', 'content <- users.name transformation + users.email transformation'],
    rows: ['users.name filter', 'users.email filter'],
  },
  {
    sql: 'SUMMARIZE SELECT id, email FROM users',
    columns: [
      'column_name <-',
      'column_type <-',
      'min <- users.id aggregation: min + users.email aggregation: min',
      'max <- users.id aggregation: max + users.email aggregation: max',
      'approx_unique <- users.id aggregation: approx_count_distinct + users.email aggregation: approx_count_distinct',
      'avg <- users.id aggregation: avg + users.email aggregation: avg',
      'std <- users.id aggregation: stddev + users.email aggregation: stddev',
      'q25 <- users.id aggregation: approx_quantile + users.email aggregation: approx_quantile',
      'q50 <- users.id aggregation: approx_quantile + users.email aggregation: approx_quantile',
      'q75 <- users.id aggregation: approx_quantile + users.email aggregation: approx_quantile',
      'count <- users.id aggregation: count + users.email aggregation: count',
      'null_percentage <- users.id aggregation: count + users.email aggregation: count',
    ],
    rows: [],
  },
  {
    sql: 'DESCRIBE users',
    columns: ['column_name <-', 'column_type <-', 'null <-', 'key <-', 'default <-', 'extra <-'],
    rows: [],
  },
  {
    sql: "SELECT pi() AS today, 1 AS one, 'x' AS txt, NULL AS nothing, TRUE AS yes",
    columns: ['today <-', 'one <-', 'txt <-', 'nothing <-', 'yes <-'],
    rows: [],
  },
  {
    sql: 'SELECT name, salary % 7 AS r, -salary AS neg, salary ** 2 AS sq, salary & 3 AS bits FROM users',
    columns: [
      'name <- users.name',
      'r <- users.salary transformation: %',
      'neg <- users.salary transformation: -',
      'sq <- users.salary transformation: power',
      'bits <- users.salary transformation: &',
    ],
    rows: [],
  },
  {
    sql: 'SELECT NAME, "EMAIL", Users."Id" FROM USERS',
    columns: ['name <- users.name', 'email <- users.email', 'id <- users.id'],
    rows: [],
  },
  {
    sql: "SELECT émail FROM (SELECT email AS émail, '😀' AS smile FROM users) AS ü",
    columns: ['émail <- users.email'],
    rows: [],
  },
  {
    sql: "SELECT count(*), sum(salary), 7, 'x', name, upper(country) FROM users GROUP BY ALL",
    columns: [
      'count_star() <-',
      'sum(salary) <- users.salary aggregation: sum',
      '7 <-',
      "'x' <-",
      'name <- users.name',
      'upper(country) <- users.country transformation: upper',
    ],
    rows: ['users.name group', 'users.country group: upper'],
  },
  { sql: 'SELECT name AS n, n FROM users', columns: ['n <- users.name', 'n_1 <- users.name'], rows: [] },
  {
    sql: 'SELECT id, id, salary AS id FROM users',
    columns: ['id <- users.id', 'id_1 <- users.id', 'id_2 <- users.salary'],
    rows: [],
  },
  {
    sql: 'SELECT * FROM users a JOIN users b ON a.id = b.id',
    columns: [
      'id <- users.id',
      'name <- users.name',
      'email <- users.email',
      'salary <- users.salary',
      'country <- users.country',
      'born <- users.born',
      'tags <- users.tags',
      'address <- users.address',
      'id_1 <- users.id',
      'name_1 <- users.name',
      'email_1 <- users.email',
      'salary_1 <- users.salary',
      'country_1 <- users.country',
      'born_1 <- users.born',
      'tags_1 <- users.tags',
      'address_1 <- users.address',
    ],
    rows: ['users.id join: =', 'users.id join: =@1'],
  },
  {
    sql: 'SELECT (SELECT name FROM users LIMIT 1) AS who',
    columns: ['who <- users.name transformation'],
    rows: [],
  },
  {
    sql: 'SELECT strlen(name) + salary AS a, a * 2 AS b, b + id AS c FROM users',
    columns: [
      'a <- users.name transformation: strlen, + + users.salary transformation: +@1',
      'b <- users.name transformation: strlen, +, * + users.salary transformation: +@1, *',
      'c <- users.name transformation: strlen, +, *, + + users.salary transformation: +@1, *, + + users.id transformation: +@1',
    ],
    rows: [],
  },
  {
    sql: 'SELECT country FROM users GROUP BY country ORDER BY count(*), max(email)',
    columns: ['country <- users.country'],
    rows: ['users.country group', 'users.email sort: max'],
  },
  {
    sql: 'SELECT o.* FROM orders o WHERE o.user_id NOT IN (SELECT id FROM users WHERE email IS NULL)',
    columns: [
      'id <- orders.id',
      'user_id <- orders.user_id',
      'amount <- orders.amount',
      'note <- orders.note',
      'placed <- orders.placed',
    ],
    rows: ['orders.user_id filter: in', 'users.id filter: in@1', 'users.email filter: is null'],
  },
  { sql: '/* a comment */ SELECT name -- the name\n FROM users', columns: ['name <- users.name'], rows: [] },
];
