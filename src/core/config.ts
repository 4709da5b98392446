/** Settings read once from the environment. */
import { resolve, sep } from 'node:path';
import { z } from 'zod';
import { lireReglagesDAlertes, type ReglagesDAlertes } from './reglages-alertes.ts';
import type { Fournis } from './base/roles.ts';
import { masquer } from './config-secrets.ts';
import { VARIABLES } from './variables.ts';

export class ErreurConfiguration extends Error {}

const urlDeBase = z.string().regex(/^postgres(ql)?:\/\//, 'attendu : postgresql://compte:motdepasse@machine:5432/base');
const booleen = z.enum(['0', '1'], 'attendu : 0 ou 1').transform((v) => v === '1');

interface Ecoute {
  DATABASE_URL?: string | undefined;
  CONCORDE_DATABASE_URL_SERVICE?: string | undefined;
  CONCORDE_DEMO?: boolean | undefined;
}
const enDemonstration = (c: Ecoute): boolean => c.CONCORDE_DEMO ?? (c.DATABASE_URL ?? c.CONCORDE_DATABASE_URL_SERVICE) === undefined;
/** Only this machine reaches it. */
const estLocale = (hote: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(hote);

const estDans = (dossier: string, ancetre: string): boolean => `${resolve(dossier)}${sep}`.startsWith(`${resolve(ancetre)}${sep}`);

const schema = z
  .object({
    PORT: z.coerce.number('attendu : un nombre').int().min(0).max(65_535, 'attendu : un port entre 0 et 65535').default(3000),
    HOST: z.string().default('127.0.0.1'),
    CONCORDE_DATA: z.string().default('.data'),
    DATABASE_URL: urlDeBase.optional(),
    CONCORDE_DATABASE_URL_SERVICE: urlDeBase.optional(),
    CONCORDE_DATABASE_URL_PUBLIC: urlDeBase.optional(),
    CONCORDE_DATABASE_URL_NOMINATIF: urlDeBase.optional(),
    CONCORDE_CONTRAT: z
      .string()
      .regex(/^[a-z0-9-]+$/, 'attendu : lettres minuscules, chiffres et tirets')
      .default('paris-2023-2026'),
    CONCORDE_CONTRATS: z.string().default('contrats'),
    CONCORDE_DEMO: booleen.optional(),
    CONCORDE_URL: z.url({ protocol: /^https?$/, error: 'attendu : une adresse complète en http ou https' }).optional(),
    CONCORDE_MANDATAIRES: z
      .string()
      .regex(/^[\d.a-fA-F:/, ]+$/, 'attendu : des adresses IP séparées par des virgules')
      .optional(),
    SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\//, 'attendu : smtp://machine:587')
      .optional(),
    CONCORDE_SAUVEGARDE: z.string().optional(),
    CONCORDE_DANS_MA_RUE: z.url({ protocol: /^https?$/, error: 'attendu : une adresse http ou https' }).optional(),
    CONCORDE_DANS_MA_RUE_PORTEE: z.enum(['tout', 'partie'], 'attendu : tout ou partie').default('partie'),
    CONCORDE_CAP_ADRESSE: z.url({ protocol: /^https?$/, error: 'attendu : une adresse http ou https' }).optional(),
    CONCORDE_TROUSSEAU: z.string().optional(),
    CONCORDE_SECURITE_CONTACT: z
      .string()
      .regex(/^(mailto:[^\s@<>]+@[^\s@<>]+|https:\/\/\S+)$/, 'attendu : mailto:adresse@domaine, ou une adresse en https')
      .optional(),
    SMTP_DE: z.string().default('Concorde <concorde@localhost>'),
    COURRIER_ENTRANT_PORT: z.coerce.number('attendu : un nombre').int().min(0).max(65_535, 'attendu : un port entre 0 et 65535').optional(),
    COURRIER_ENTRANT_HOTE: z.string().default('127.0.0.1'),
    COURRIER_ENTRANT_DOMAINE: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9.-]{0,80}[a-z0-9])?$/i, 'attendu : un domaine, comme reponses.exemple.fr')
      .optional(),
    COURRIER_ENTRANT_MAX: z.coerce.number('attendu : un nombre de Mo').int().min(1).max(40, 'attendu : 40 Mo au plus').default(15),
    CARTE_TUILES: z
      .string()
      .regex(/^https?:\/\/[a-z0-9.:-]+\/\S*$/i, 'attendu : https://tuiles.exemple.fr/{z}/{x}/{y}.png')
      .refine((v) => ['{z}', '{x}', '{y}'].every((x) => v.includes(x)), 'attendu : une adresse avec {z}, {x} et {y}')
      .optional(),
    ALERTES_SMS_URL: z.url({ protocol: /^https?$/, error: 'attendu : une adresse http ou https' }).optional(),
    ALERTES_PUSH: z
      .string()
      .regex(/^(\*\.)?[a-z0-9.-]+(,\s*(\*\.)?[a-z0-9.-]+)*$/i, 'attendu : des noms de machines séparés par des virgules')
      .default(VARIABLES.ALERTES_PUSH.defaut),
    ALERTES_VAPID_PUBLIQUE: z
      .string()
      .regex(/^[\w-]{86,88}$/, 'attendu : une clé publique VAPID en base64url')
      .optional(),
    ALERTES_VAPID_PRIVEE: z
      .string()
      .regex(/^[\w-]{43}$/, 'attendu : une clé privée VAPID en base64url')
      .optional(),
    OIDC_EMETTEUR: z.url('attendu : une adresse complète').optional(),
    OIDC_CLIENT: z.string().optional(),
    OIDC_SECRET: z.string().optional(),
    CONCORDE_REQUETES_NOMMEES: booleen.default(true),
    OIDC_PKCE: booleen.default(false),
    OIDC_AMR: booleen.default(true),
    CONCORDE_AUDIT_MOIS: z.coerce
      .number('attendu : un nombre de mois')
      .int()
      .min(6, 'attendu : 6 mois au moins')
      .max(36, 'attendu : 36 mois au plus')
      .default(12),
    CONCORDE_AUDIT_MOTIF: z.string().min(20, 'attendu : une phrase').optional(),
  })
  .refine((c) => c.CONCORDE_AUDIT_MOIS <= 12 || c.CONCORDE_AUDIT_MOTIF !== undefined, {
    path: ['CONCORDE_AUDIT_MOIS'],
    message: 'au-delà de 12 mois, dites pourquoi dans CONCORDE_AUDIT_MOTIF',
  })
  .refine((c) => c.CONCORDE_DATABASE_URL_SERVICE || !(c.CONCORDE_DATABASE_URL_PUBLIC || c.CONCORDE_DATABASE_URL_NOMINATIF), {
    path: ['CONCORDE_DATABASE_URL_SERVICE'],
    message: 'les comptes de la base faits à la main vont ensemble : donnez aussi celui du service',
  })
  .refine((c) => (c.ALERTES_VAPID_PUBLIQUE === undefined) === (c.ALERTES_VAPID_PRIVEE === undefined), {
    path: ['ALERTES_VAPID_PUBLIQUE'],
    message: 'les deux clés VAPID vont ensemble : donnez l’autre',
  })
  .refine((c) => !c.OIDC_EMETTEUR || (c.OIDC_CLIENT && c.OIDC_SECRET && c.CONCORDE_URL), {
    path: ['OIDC_EMETTEUR'],
    message: 'demande aussi OIDC_CLIENT, OIDC_SECRET et CONCORDE_URL',
  })
  .refine((c) => c.COURRIER_ENTRANT_PORT === undefined || c.COURRIER_ENTRANT_DOMAINE, {
    path: ['COURRIER_ENTRANT_PORT'],
    message: 'demande aussi COURRIER_ENTRANT_DOMAINE',
  })
  .refine((c) => [c.CONCORDE_DATA, c.CONCORDE_SAUVEGARDE].every((d) => !d || !c.CONCORDE_TROUSSEAU || !estDans(c.CONCORDE_TROUSSEAU, d)), {
    path: ['CONCORDE_TROUSSEAU'],
    message: 'attendu : un dossier hors de CONCORDE_DATA et des sauvegardes, dont les copies garderaient ce que l’on détruit',
  })
  .refine((c) => c.CONCORDE_URL !== undefined || (enDemonstration(c) && estLocale(c.HOST)), {
    path: ['CONCORDE_URL'],
    message:
      'donnez l’adresse publique, par exemple https://concorde.exemple.fr : les liens des courriels en viennent. Seule la démonstration sur cette machine s’en passe',
  });

export interface Config {
  port: number;
  hote: string;
  dossier: string;
  databaseUrl: string | null;
  /** Accounts made by hand, plane by plane. */
  comptesFournis: Fournis | null;
  contrat: string;
  dossierContrats: string;
  demonstration: boolean;
  /** Public address: every absolute link is made from it, none from what a request says. */
  adresse: string;
  /** Hot statements are prepared under a name. */
  requetesNommees: boolean;
  mandataires: string[] | false;
  /** Months for which the audit trail is kept. */
  auditMois: number;
  /** Folder of the fragments of keys of nominative situations. */
  trousseau: string;
  /** Whose age tells the last backup. */
  sauvegarde: string | null;
  /** File of reports that is fetched each night. */
  dansMaRue: string | null;
  /** What its file is: the whole channel, or a part. */
  dansMaRuePortee: 'tout' | 'partie';
  /** CAP message that is read again every few minutes. */
  adresseCap: string | null;
  smtp: { url: string | null; de: string };
  /** Pattern of the tiles under maps; null: boundaries alone, and nothing from elsewhere. */
  tuiles: string | null;
  /** Whom to tell of a flaw. */
  contactSecurite: string | null;
  /** Letters are received; null when they are not. */
  courrierEntrant: { port: number; hote: string; domaine: string; octetsMax: number } | null;
  alertes: ReglagesDAlertes;
  oidc: { emetteur: string; clientId: string; secret: string; pkce: boolean; demanderAmr: boolean } | null;
}

/** Throws ErreurConfiguration naming the variable and what was expected. Empty variables count as absent. */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const presentes = Object.fromEntries(Object.entries(env).filter(([cle, v]) => cle in VARIABLES && v !== undefined && v !== ''));
  const lu = schema.safeParse(presentes);
  if (!lu.success) {
    const fautes = lu.error.issues.map((i) => `${i.path.join('.')} = « ${masquer(String(i.path[0]), presentes[String(i.path[0])])} » : ${i.message}`);
    throw new ErreurConfiguration(`Réglage incorrect : ${fautes.join(' ; ')}`);
  }
  const c = lu.data;
  return {
    port: c.PORT,
    hote: c.HOST,
    dossier: resolve(c.CONCORDE_DATA),
    tuiles: c.CARTE_TUILES ?? null,
    databaseUrl: c.DATABASE_URL ?? null,
    comptesFournis: c.CONCORDE_DATABASE_URL_SERVICE
      ? {
          service: c.CONCORDE_DATABASE_URL_SERVICE,
          public: c.CONCORDE_DATABASE_URL_PUBLIC ?? null,
          nominatif: c.CONCORDE_DATABASE_URL_NOMINATIF ?? null,
        }
      : null,
    requetesNommees: c.CONCORDE_REQUETES_NOMMEES,
    contrat: c.CONCORDE_CONTRAT,
    dossierContrats: resolve(c.CONCORDE_CONTRATS),
    demonstration: enDemonstration(c),
    adresse: c.CONCORDE_URL ?? `http://localhost:${c.PORT}`,
    mandataires: c.CONCORDE_MANDATAIRES?.split(',').map((a) => a.trim()) ?? false,
    auditMois: c.CONCORDE_AUDIT_MOIS,
    sauvegarde: c.CONCORDE_SAUVEGARDE ? resolve(c.CONCORDE_SAUVEGARDE) : null,
    dansMaRue: c.CONCORDE_DANS_MA_RUE ?? null,
    dansMaRuePortee: c.CONCORDE_DANS_MA_RUE_PORTEE,
    adresseCap: c.CONCORDE_CAP_ADRESSE ?? null,
    trousseau: resolve(c.CONCORDE_TROUSSEAU ?? `${resolve(c.CONCORDE_DATA)}-trousseau`),
    smtp: { url: c.SMTP_URL ?? null, de: c.SMTP_DE },
    contactSecurite: c.CONCORDE_SECURITE_CONTACT ?? null,
    courrierEntrant:
      c.COURRIER_ENTRANT_PORT === undefined
        ? null
        : {
            port: c.COURRIER_ENTRANT_PORT,
            hote: c.COURRIER_ENTRANT_HOTE,
            domaine: (c.COURRIER_ENTRANT_DOMAINE ?? '').toLowerCase(),
            octetsMax: c.COURRIER_ENTRANT_MAX * 1_048_576,
          },
    alertes: lireReglagesDAlertes(c),
    oidc: c.OIDC_EMETTEUR
      ? { emetteur: c.OIDC_EMETTEUR, clientId: c.OIDC_CLIENT ?? '', secret: c.OIDC_SECRET ?? '', pkce: c.OIDC_PKCE, demanderAmr: c.OIDC_AMR }
      : null,
  };
}
