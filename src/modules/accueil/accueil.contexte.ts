/** What every page of the module starts from. */
import { jourDe } from '../../core/clock.ts';
import { lireEnsemble } from '../../core/base/database.ts';
import { introuvable } from '../../core/errors.ts';
import { type Contexte, texte } from '../../core/http/http.ts';
import type { Mesure } from '../contrats/index.ts';
import { AU_PUBLIC, enDirectDe, estLueEnDirect, getFormulaire } from '../indicateurs/index.ts';
import { type Cadre, comparer, type FigureSuivie, getAppuisDe, getSuivi } from './accueil.queries.ts';
import { choisirAnnee, etatDeFiche } from './accueil.rules.ts';

/** Contract, year and territory of the address. 404 for a territory that the contract does not have. */
export const cadrer = (c: Contexte, territoire = texte(c.requete.territoire)): Promise<Cadre> => cadrerEn(c, { annee: texte(c.requete.annee), territoire });

/** The same, of a year and a territory that a form gives. */
export async function cadrerEn(c: Contexte, { annee, territoire }: { annee: string; territoire: string }): Promise<Cadre> {
  const f = await getFormulaire(c.db, c.contrat.id);
  const cat = f.catalogue;
  const territoireId = territoire || cat.racine.id;
  if (!cat.territoires.has(territoireId)) throw introuvable('Ce territoire');
  const aujourdhui = jourDe(c.maintenant);
  const enDirect = enDirectDe(c.utilisateur);
  const vue = [...f.sources.values()].flatMap((s) => (s.diffusion !== 'immediate' && enDirect(s) ? [s.nom] : [])).join();
  return { db: c.db, contratId: c.contrat.id, f, annee: choisirAnnee(annee, cat, aujourdhui), territoireId, aujourdhui, enDirect, vue };
}

/** As whoever has no account reads: what a fiche says in sentences, and what its pilot validates for everyone. */
const auPublic = (k: Cadre): Cadre => ({ ...k, enDirect: AU_PUBLIC, vue: '' });

/** Figures of these measures that its sentences tell: the same for every reader. Those at hand serve when nothing of them is told later. */
export async function figuresDesPhrases(k: Cadre, mesures: readonly Mesure[], lues?: readonly FigureSuivie[]) {
  if (lues && !litAvant(k, mesures)) return lues;
  const p = auPublic(k);
  return comparer(p, [...(await getSuivi(p, mesures)).values()]);
}
/** Does this reader have some of these before everyone? */
export const litAvant = (k: Cadre, mesures: readonly Mesure[]): boolean =>
  k.vue !== '' && mesures.some((m) => estLueEnDirect(k.f, m.id, k.enDirect) && !estLueEnDirect(k.f, m.id));

/** State of every fiche of the contract in three reads of figures and one of evidence. */
export async function etats(k: Cadre) {
  const cat = k.f.catalogue;
  const [suivi, appuis] = await lireEnsemble(k.db, [() => getSuivi(k, [...cat.mesures.values()]), () => getAppuisDe(k, [...cat.fiches.keys()])]);
  const liste = [...cat.fiches.values()].map((f) => etatDeFiche(f, suivi, appuis));
  const tetes = new Map(
    (
      await comparer(
        k,
        liste.flatMap((e) => e.tete ?? []),
      )
    ).map((x) => [x.mesure.id, x]),
  );
  return { suivi, etats: liste.map((e) => ({ ...e, tete: (e.tete && tetes.get(e.tete.mesure.id)) ?? null })) };
}
