/** How alerts leave besides mail, as the settings say it. */
export interface ReglagesDAlertes {
  smsUrl: string | null;
  /** Machines that notices may go to; `*.` before those of which every part counts. */
  pushHotes: readonly string[];
  vapid: { publique: string; privee: string } | null;
}

interface Variables {
  ALERTES_SMS_URL?: string | undefined;
  ALERTES_PUSH: string;
  ALERTES_VAPID_PUBLIQUE?: string | undefined;
  ALERTES_VAPID_PRIVEE?: string | undefined;
}
export const lireReglagesDAlertes = (c: Variables): ReglagesDAlertes => ({
  smsUrl: c.ALERTES_SMS_URL ?? null,
  pushHotes: c.ALERTES_PUSH.split(',').map((h) => h.trim().toLowerCase()),
  vapid: c.ALERTES_VAPID_PUBLIQUE && c.ALERTES_VAPID_PRIVEE ? { publique: c.ALERTES_VAPID_PUBLIQUE, privee: c.ALERTES_VAPID_PRIVEE } : null,
});
