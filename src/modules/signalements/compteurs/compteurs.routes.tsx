/** Numbers of circuits that others hold: read by who works on the contract, given by who counts them. */
import { accesMetier } from '../../../core/authorize.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { donnePour } from './compteur.policy.ts';
import { addReleve, getPeriode, listReleves } from './compteur.queries.ts';
import { type Compteurs, etapesDe, lireReleve } from './compteur.rules.ts';
import { CompteurPage } from './CompteurPage.tsx';
import { cheminDePeriode, suivrePeriodes } from './compteurs.dus.ts';

const FIL = [
  { libelle: 'Demandes à traiter', href: '/signalements/boite' },
  { libelle: 'Étapes des circuits', href: '/signalements/etapes' },
];

export const compteursRoutes = (compteurs: Compteurs): Route[] => {
  async function charger(c: Contexte, verrou = false) {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const p = await getPeriode(c.db, c.contrat.id, c.params.periodeId ?? '', verrou);
    const compteur = compteurs.get(p?.compteur ?? '');
    if (!p || !compteur) throw introuvable('Cette période');
    return { catalogue, periode: p, compteur, donne: donnePour(c.utilisateur, p.organisationId, catalogue) };
  }
  async function rendre(
    c: Contexte,
    o: Awaited<ReturnType<typeof charger>>,
    erreurs: readonly ErreurDeChamp[] = [],
    saisi: ((champ: string) => string) | null = null,
    statut = erreurs.length > 0 ? 422 : 200,
  ): Promise<Reponse> {
    const [releves] = await lireEnsemble(c.db, [() => listReleves(c.db, c.contrat.id, o.periode.id)]);
    return page({
      titre: o.compteur.titre,
      largeur: 'travail',
      section: 'boite',
      fil: FIL,
      statut,
      corps: <CompteurPage {...o} aujourdhui={jourDe(c.maintenant)} releves={releves} erreurs={erreurs} saisi={saisi} />,
    });
  }
  return [
    /** 200 · 404 */
    get('/signalements/compteurs/:periodeId', accesMetier, async (c) => rendre(c, await charger(c))),
    /** 303 to its page · 403 who does not hold it · 404 · 409 given meanwhile · 422 with what was typed */
    post('/signalements/compteurs/:periodeId', accesMetier, async (c) => {
      const o = await charger(c, true);
      const u = c.utilisateur;
      if (!o.donne || !u) throw interdit(`Ces nombres sont donnés par ${o.catalogue.nomActeur(o.periode.organisationId)}, qui tient ce circuit.`);
      const saisi = (champ: string) => texte(c.corps[champ]);
      const lu = lireReleve(o.compteur, etapesDe(o.compteur, o.periode.organisationId), saisi);
      if (!lu.ok) return rendre(c, o, lu.erreurs, saisi);
      if (saisi('version') !== String(o.periode.version))
        return rendre(
          c,
          o,
          [{ champ: 'source', message: 'Une autre personne vient de donner ces nombres : relisez-les plus haut, puis recommencez si besoin.' }],
          saisi,
          409,
        );
      const { nombres, source } = lu;
      await addReleve(c.db, c.contrat.id, o.periode, { nombres, source, auteur: u.nom, auteurId: u.id, quand: c.maintenant });
      await suivrePeriodes(c, [o.periode.id]);
      await c.auditer('compteur.donne', cheminDePeriode(o.periode.id), { compteur: o.compteur.code, version: o.periode.version + 1 });
      return redirige(`${cheminDePeriode(o.periode.id)}?fait=donne`);
    }),
  ];
};
