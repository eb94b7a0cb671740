// Nominal types over plain values; knows nothing of what is branded.

declare const brand: unique symbol;

/** A `Base` that only the maker of `Name` may produce. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
