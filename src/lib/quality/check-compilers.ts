// Which compiler belongs to which kind of check; must not know how any of them works.
import type { CheckKind } from '../notebook/check-kinds.ts';
import { between } from './checks/between.ts';
import {
  maxBetween,
  meanBetween,
  medianBetween,
  minBetween,
  quantileBetween,
  stddevBetween,
  sumBetween,
} from './checks/column-figures.ts';
import { columnSet } from './checks/column-set.ts';
import { distinctCountBetween, uniqueRatioBetween } from './checks/distinct-figures.ts';
import { driftFrom } from './checks/drift-from.ts';
import { emailValid } from './checks/email-valid.ts';
import { foreignKey } from './checks/foreign-key.ts';
import { lengthBetween } from './checks/length-between.ts';
import { matches } from './checks/matches.ts';
import { notNull } from './checks/not-null.ts';
import { outlierRatio } from './checks/outlier-ratio.ts';
import { phoneValid } from './checks/phone-valid.ts';
import { inSet, notInSet } from './checks/set.ts';
import { customSql, expressionTrue } from './checks/sql.ts';
import { freshness, rowCountBetween } from './checks/table-figures.ts';
import { castableTo, typeIs } from './checks/type-is.ts';
import { compoundUnique, primaryKey, unique } from './checks/unique.ts';
import type { CompileCheck } from './compiled-check.ts';

export const CHECK_COMPILERS: Readonly<Record<CheckKind, CompileCheck>> = {
  not_null: notNull,
  unique,
  compound_unique: compoundUnique,
  primary_key: primaryKey,
  in_set: inSet,
  not_in_set: notInSet,
  between,
  matches,
  length_between: lengthBetween,
  castable_to: castableTo,
  phone_valid: phoneValid,
  email_valid: emailValid,
  foreign_key: foreignKey,
  expression_true: expressionTrue,
  custom_sql: customSql,
  type_is: typeIs,
  column_set: columnSet,
  row_count_between: rowCountBetween,
  freshness,
  mean_between: meanBetween,
  median_between: medianBetween,
  stddev_between: stddevBetween,
  sum_between: sumBetween,
  min_between: minBetween,
  max_between: maxBetween,
  quantile_between: quantileBetween,
  distinct_count_between: distinctCountBetween,
  unique_ratio_between: uniqueRatioBetween,
  outlier_ratio: outlierRatio,
  drift_from: driftFrom,
};
