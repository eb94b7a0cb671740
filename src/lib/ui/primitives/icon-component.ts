// The shape of an icon as the primitives take it; must not know which icons there are.
import type { LucideProps } from '@lucide/svelte';
import type { Component } from 'svelte';

export type IconComponent = Component<LucideProps>;
