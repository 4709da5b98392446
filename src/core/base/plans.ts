/**
 * Three planes, each an account of the database that reaches no further. A module says its plane once; its routes and jobs run there.
 * `public` reads only what pages that belong to everyone show, `partenariat` is what partners keep, `nominatif` alone enters the schema
 * of that name, and has no right on the tables of the others.
 */
export const PLANS = ['public', 'partenariat', 'nominatif'] as const;
export type Plan = (typeof PLANS)[number];

/** What says no plane is the partners'. */
export const planDe = (x: { plan?: Plan | undefined }): Plan => x.plan ?? 'partenariat';

/** Gives its module's plane to what does not say one. */
export const auPlan = <T extends { plan?: Plan | undefined }>(plan: Plan, choses: readonly T[]): T[] => choses.map((x) => ({ ...x, plan: x.plan ?? plan }));
