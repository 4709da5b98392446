/** Where the time comes from, so that tests and rules can be given another one. */
export type Horloge = () => Date;
export const horloge: Horloge = () => new Date();

/** Calendar day in the contract's time zone, `YYYY-MM-DD`. */
export const jourDe = (d: Date, fuseau = 'Europe/Paris'): string =>
  new Intl.DateTimeFormat('fr-CA', { timeZone: fuseau, year: 'numeric', month: '2-digit', day: '2-digit' }).format(d);
