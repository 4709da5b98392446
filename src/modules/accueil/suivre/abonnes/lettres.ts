/**
 * The letters of the day. What is told is read once for each thing followed; then batches, each one transaction that writes letters and says
 * what they told: a process that dies leaves the others to the next passage, two processes share them, and a letter is never written twice.
 */
import { type Db, inTransaction } from '../../../../core/base/database.ts';
import { jourDe } from '../../../../core/clock.ts';
import type { Coffre } from '../../../../core/coffre.ts';
import { ajouterCourriel } from '../../../../core/courrier/mail.ts';
import { newsOf } from '../../../../core/house.ts';
import type { ContratServi } from '../../../../core/http/http.ts';
import type { House, Module } from '../../../../core/module.ts';
import { ecrireAudit, entree } from '../../../../core/trace/audit.ts';
import { accorder, nombre, pluriel } from '../../../../ui/typographie.ts';
import { getCatalogue } from '../../../contrats/index.ts';
import { suivi } from '../suivre.rules.ts';
import { type Abonne, listSujetsDus, noterDits, prendreDus } from './abonnes.queries.ts';
import { borneDe, cheminPourTenir, cleDuSujet, ecrireLettre, entre, type Partie, prochain, vouluDe } from './abonnes.rules.ts';

/** Subscribers of one transaction. */
const LOT = 100;
/** Of one thing followed, what is read at most. */
const NOUVELLES_MAX = 200;

export interface OptionsLettres {
  contrat: ContratServi;
  coffre: Coffre;
  /** Public address of the platform. */
  adresse: string;
  house: House;
  maintenant: Date;
}

export interface Lettres {
  lettres: number;
  /** Addresses that this key does not open: asked again the next week, told to who keeps the platform. */
  illisibles: number;
}

/** Writes the letters that are due. */
export async function envoyerLettres(db: Db, o: OptionsLettres): Promise<Lettres> {
  const { contrat, maintenant } = o;
  const aujourdhui = jourDe(maintenant);
  const borne = borneDe(aujourdhui);
  const catalogue = await getCatalogue(db, contrat.id);
  const lues = new Map<string, Partie>();
  for (const s of await listSujetsDus(db, contrat.id, aujourdhui)) {
    // What the contract has no more tells nothing.
    const suivie = suivi(catalogue, vouluDe(s));
    if (!suivie) continue;
    const { nom, atom, fiche, territoires } = suivie;
    const nouvelles = await newsOf(o.house, { db, contrat, maintenant }, { fiche, territoires, depuis: s.depuis, max: NOUVELLES_MAX });
    lues.set(cleDuSujet(s), { nom, atom, nouvelles, davantage: nouvelles.length === NOUVELLES_MAX });
  }
  const partiesDe = (a: Abonne): Partie[] =>
    a.suivis.flatMap((s) => {
      const lue = lues.get(cleDuSujet(s));
      if (!lue) return [];
      const nouvelles = entre(lue.nouvelles, s.ditJusqua, borne);
      return [{ ...lue, nouvelles, davantage: lue.davantage && nouvelles.length === lue.nouvelles.length }];
    });
  let lettres = 0;
  let illisibles = 0;
  for (let pris = LOT; pris === LOT; ) {
    pris = await inTransaction(db, { contratId: contrat.id }, async (tx) => {
      const abonnes = await prendreDus(tx, contrat.id, aujourdhui, LOT);
      for (const a of abonnes) {
        const tenir = cheminPourTenir(o.coffre, a.id);
        const adresse = o.coffre.lisible(a.adresse);
        if (adresse === null) {
          illisibles += 1;
          continue;
        }
        const lettre = ecrireLettre({ parties: partiesDe(a), contrat: catalogue.contrat.titre, jour: a.jour, adresse: o.adresse, tenir });
        if (!lettre) continue;
        await ajouterCourriel(tx, contrat.id, { a: adresse, ...lettre, desabonnement: `${o.adresse}${tenir}`, discret: true, objet: objetDe(a.id) }, o.coffre);
        lettres += 1;
      }
      await noterDits(
        tx,
        contrat.id,
        abonnes.map((a) => ({ id: a.id, prochainLe: prochain(aujourdhui, a.jour), dit: o.coffre.lisible(a.adresse) !== null })),
        borne,
      );
      return abonnes.length;
    });
  }
  if (lettres + illisibles > 0)
    await inTransaction(db, { contratId: contrat.id }, (tx) =>
      ecrireAudit(tx, contrat.id, [entree({ utilisateur: null, quand: maintenant, adresse: null }, 'abonnements.lettres', '/suivre', { lettres, illisibles })]),
    );
  return { lettres, illisibles };
}
/** By which letters that have not left yet are found when their subscription ends: the page of counts, for who reads the list of mail. */
export const objetDe = (abonne: string): string => `/suivre/abonnes#${abonne}`;

export const RENDEZVOUS_DES_LETTRES: NonNullable<Module['rendezvous']>[number] = {
  code: 'lettres-aux-abonnes',
  libelle: 'Lettres aux abonnés',
  quand: '0 6 * * *',
  executer: async ({ db, contrat, coffre, config, house, maintenant }) => {
    const { lettres: n, illisibles } = await envoyerLettres(db, { contrat, coffre, adresse: config.adresse, house, maintenant });
    const dit = n === 0 ? 'rien de nouveau à dire aujourd’hui' : `${nombre(n)} ${accorder(n, 'lettre')}`;
    return illisibles === 0
      ? dit
      : `${dit} ; ${pluriel(illisibles, 'adresse ne se déchiffre pas', 'adresses ne se déchiffrent pas')} avec la clé de ce serveur`;
  },
};
