/**
 * The only delay that tests know: to see that something does *not* come, or to be slow on purpose. What must come is polled
 * (`expect.poll`).
 */
export const laisserPasser = (ms: number): Promise<void> => new Promise((r) => setTimeout(r, ms));
