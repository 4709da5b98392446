/** Corrects what a report is about, where and when: a letter says none of it in a way that a rule can read. */
import { accesMetier } from '../../../core/authorize.ts';
import { conflit, type ErreurDeChamp } from '../../../core/errors.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Contexte, get, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import { code } from '../../../core/trace/details.ts';
import { jour as formaterJour } from '../../../ui/typographie.ts';
import { categorieDe } from '../circuits/circuit.rules.ts';
import type { Circuits } from '../circuits/circuits.ts';
import type { Demande } from '../demandes/demandes.queries.ts';
import { requalifier, type Services } from '../demandes/ecrire.ts';
import { refusDeRequalifier } from '../demandes/machine.rules.ts';
import { situer } from '../signaler/preparer.ts';
import { champDe, dit, lireCategorie, lireLieu, lireReponses, lireSaisie, type Saisie } from '../signaler/saisie.rules.ts';
import { pourTraiter } from './demande.routes.tsx';
import { RequalifierPage } from './pages/RequalifierPage.tsx';

/** As the form of the circuit would have carried it. */
const saisieDe = (d: Demande): Saisie => ({
  categorie: [d.categorie],
  territoire: [d.territoireId],
  adresse: d.adresse ? [d.adresse] : [],
  point: d.lon === null || d.lat === null ? [] : [`${d.lat}, ${d.lon}`],
  jour: [d.jour],
  heure: d.heure === null ? [] : [String(d.heure)],
  ...Object.fromEntries(Object.entries(d.reponses).map(([q, v]) => [champDe({ code: q }), typeof v === 'string' ? [v] : v])),
});

export const requalifierRoutes = (s: Services, circuits: Circuits): Route[] => {
  async function ouvrir(c: Contexte) {
    const o = await pourTraiter(c, circuits);
    const refus = refusDeRequalifier(o.circuit, o.d, c.maintenant);
    if (refus) throw conflit(refus);
    // Facts are of the day when it came, at the latest.
    const ici = await situer(c);
    return { ...o, ici, lieux: { ...ici.lieux, aujourdhui: jourDe(o.d.recuLe), maintenant: o.d.recuLe } };
  }
  type Ouverte = Awaited<ReturnType<typeof ouvrir>>;
  function rendre(o: Ouverte, saisie: Saisie, erreurs: readonly ErreurDeChamp[] = [], statut = erreurs.length > 0 ? 422 : 200): Reponse {
    return page({
      titre: `Corriger la demande n° ${o.d.numero}`,
      largeur: 'travail',
      section: 'boite',
      fil: [
        { libelle: 'Demandes à traiter', href: '/signalements/boite' },
        { libelle: `Demande n° ${o.d.numero}`, href: `/signalements/demandes/${o.d.id}` },
      ],
      statut,
      corps: (
        <RequalifierPage
          d={o.d}
          circuit={o.circuit}
          categorie={categorieDe(o.circuit, dit(saisie, 'categorie')) ?? null}
          saisie={saisie}
          erreurs={erreurs}
          quartiers={o.ici.quartiers}
          aujourdhui={o.lieux.aujourdhui}
        />
      ),
    });
  }
  return [
    /** 200 `?categorie=` its questions · 403 another service's · 404 · 409 erased, or passed on */
    get(
      '/signalements/demandes/:demandeId/requalifier',
      accesMetier,
      async (c) => {
        const o = await ouvrir(c);
        const autre = categorieDe(o.circuit, texte(c.requete.categorie));
        return rendre(o, { ...saisieDe(o.d), ...(autre ? { categorie: [autre.code] } : {}) });
      },
      { sensible: true },
    ),
    /** 303 to the report · 422 with what was typed · 409 it changed meanwhile, with what was typed · 403 · 404 */
    post('/signalements/demandes/:demandeId/requalifier', accesMetier, async (c) => {
      const o = await ouvrir(c);
      const saisie = lireSaisie(o.circuit, c.corps);
      const [quoi, lieu] = [lireCategorie(o.circuit, saisie), lireLieu(o.circuit, saisie, o.lieux)];
      const { reponses, erreurs } = quoi.ok ? lireReponses(quoi.valeur, saisie) : { reponses: {}, erreurs: quoi.erreurs };
      if (texte(c.corps.version) !== String(o.d.version))
        return rendre(
          o,
          saisie,
          [{ champ: '', message: 'Quelqu’un vient d’agir sur cette demande : relisez-la. Ce que vous aviez corrigé est gardé ici.' }],
          409,
        );
      if (!quoi.ok || !lieu.ok || erreurs.length > 0) return rendre(o, saisie, [...erreurs, ...(lieu.ok ? [] : lieu.erreurs)]);
      const k = quoi.valeur;
      const { territoireId, adresse, lon, lat, jour, heure } = lieu.valeur;
      const q = { categorie: k.code, titre: k.libelle, theme: k.theme, reponses, territoireId, adresse, lon, lat, jour, heure };
      await requalifier(c, s, o.circuit, o.d, q, direAvant(o));
      await c.auditer('demande.requalifiee', `/signalements/demandes/${o.d.id}`, { de: code(o.d.categorie), vers: code(k.code) });
      return redirige(`/signalements/demandes/${o.d.id}`);
    }),
  ];
};

/** What it was, for who reads its history; the exact place goes with the report, and not with its history. */
const direAvant = ({ d, catalogue }: Pick<Awaited<ReturnType<typeof pourTraiter>>, 'd' | 'catalogue'>): string =>
  `Avant : ${d.titre}, ${catalogue.territoires.get(d.territoireId)?.nom ?? d.territoireId}, ${formaterJour(d.jour)}`;
