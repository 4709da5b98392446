import type { Sert } from '../../core/capacites.ts';

export const SERT: Sert = {};
