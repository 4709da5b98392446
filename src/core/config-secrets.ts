/** Settings as messages may show them. Pure. */
/** What may hold a password, however badly written: never repeated. */
const SECRETES = new Set([
  'DATABASE_URL',
  'CONCORDE_DATABASE_URL_SERVICE',
  'CONCORDE_DATABASE_URL_PUBLIC',
  'CONCORDE_DATABASE_URL_NOMINATIF',
  'SMTP_URL',
  'ALERTES_SMS_URL',
  'ALERTES_VAPID_PRIVEE',
  'OIDC_SECRET',
  'CONCORDE_MOT_DE_PASSE',
]);

/** A setting as an error message may show it. */
export const masquer = (cle: string, valeur: unknown): string => (valeur === undefined ? 'absent' : SECRETES.has(cle) ? '…' : String(valeur));
