/** Entries bundled apart: they run in a process of their own. */
export const A_PART: readonly string[];
/** Bundles these entries into dist/ where a source is newer; true when something was built. */
export function build(voulues: readonly string[]): Promise<boolean>;
