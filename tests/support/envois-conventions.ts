/** What each route of conventions needs to accept a form (envois.test). */
import { creerActe } from '../../src/modules/conventions/conventions.fixtures.ts';
import type { AppDeTest } from './app.ts';
import { jourDans } from './jours.ts';

const JOUR = jourDans(100);
export function envoisDesConventions(app: () => AppDeTest) {
  /** Path of an act of the 18e; signed that day. */
  const acte = async (signe?: string) =>
    `/conventions/${(await creerActe(app().base.owner, app().contratId, { territoire: 'mairie-18', ...(signe ? { signe } : {}) })).convention}`;
  return {
    '/conventions/nouvelle': () => ({
      url: '/conventions/nouvelle',
      champs: { nature: 'convention', titre: 'Acte envoyé', porteur: 'DPMP', territoires: 'mairie-18' },
      table: 'conventions',
    }),
    '/conventions/:convention/parties/nouvelle': async () => ({
      url: `${await acte()}/parties/nouvelle`,
      champs: { nom: 'Café' },
      table: 'convention_parties',
    }),
    '/conventions/:convention/textes/nouveau': async () => ({
      url: `${await acte()}/textes/nouveau`,
      champs: { genre: 'texte', resume: 'Texte', texte: 'Article 1' },
      table: 'convention_versions',
    }),
    '/conventions/:convention/revues/nouvelle': async () => ({
      url: `${await acte('2026-01-02')}/revues/nouvelle`,
      champs: { jour: '2026-02-02', issue: 'poursuivre' },
      table: 'convention_revues',
    }),
    '/conventions/:convention/engagements/nouveau': async () => ({
      url: `${await acte()}/engagements/nouveau`,
      champs: { libelle: 'Tenir un point', organisation: 'DPMP', du_le: JOUR },
      table: 'convention_engagements',
    }),
    '/conventions/import': () => ({
      url: '/conventions/import',
      champs: {},
      table: 'conventions',
      fichier: { champ: 'fichier', nom: 'actes.csv', contenu: 'Nature;Titre;Tenu par\r\nConvention;Acte du tableau;DPMP\r\n' },
    }),
  };
}
