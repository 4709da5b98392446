/** The one build-time function in use (see scripts/definitions.mjs): modules of a folder, by path. */
interface ImportMeta {
  glob<T>(motif: string, options: { eager: true }): Record<string, T>;
}
