/** Creating, reading, correcting and withdrawing one record. */
import { acces, accesRegistres } from '../../../core/authorize.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable, nonConnecte } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, type Route, redirige, texte } from '../../../core/http/http.ts';
import { changesDepuis, masquesDeVersion, rapprocher } from '../../../core/http/versions.ts';
import { conflictPage, mergedPage, removalPage } from '../../../ui/Conflict.tsx';
import { CONFIRME, estConfirme } from '../../../ui/Confirmer.tsx';
import type { Activite, Auteur } from '../activite.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Brut, brutDe, lireBrut, un } from '../brut.rules.ts';
import type { DefinitionRegistre } from '../definition.ts';
import { ecartsDe } from '../habitudes.queries.ts';
import { creerSerie, lireSerie } from '../etapes/serie.ts';
import { avecCiblesDuBrut, quiDe } from '../liens/liens.ts';
import { ouvrir, type Registres } from '../registres.contexte.ts';
import { peutCreer, peutEcrire, peutLire, peutLirePreuve, situationDe } from '../registres.policy.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { ceNom, differences, memeValeur } from '../registres.rules.ts';
import { lecteurDeCorrection, lecteurDeCreation, retraitSchema } from '../registres.schema.ts';
import { CHERCHE } from '../preuves/pages/AutresPreuves.tsx';
import { choisis } from '../preuves/proposition.ts';
import { brutCommeAvant, brutNouveau, reprisDe, SUITE, titreDe } from './defauts.ts';
import { enCodes } from './noms.rules.ts';
import { ordreDeSaisie } from './ordre.rules.ts';
import { activiteEnregistree, degrouper, formulaireDActivite, grouper } from './saisie.formulaire.ts';
import { createActivite, getActivite, getDerniere, updateActivite } from './saisie.queries.ts';
import { detail, filDe, formulaire } from './saisie.vues.tsx';

/** What was typed, with codes for names. A record may be named by what it is. */
const brutDuCorps = (c: Contexte, d: DefinitionRegistre, rep: Repertoire): Brut => enCodes(d, rep, c.corps as Brut);
const nomme = (d: DefinitionRegistre, rep: Repertoire, b: Brut): Brut => ({ ...b, titre: un(b, 'titre') || titreDe(d, rep, b) });
/** What the record is gives it its title: while that is asked, a title is not. */
function sansTitreAFaire(d: DefinitionRegistre, brut: Brut, erreurs: readonly ErreurDeChamp[]): readonly ErreurDeChamp[] {
  const [quoi] = ordreDeSaisie(d).quoi;
  const demande = quoi?.type === 'liste' && erreurs.some((e) => e.champ === `donnees.${quoi.code}`);
  return demande && un(brut, 'titre') === '' ? erreurs.filter((e) => e.champ !== 'titre') : erreurs;
}
/** A title left empty is made again; one that does not come in is kept. A fiche that follows from a ticked line is said with it, as the record keeps it. */
function corpsGroupe(d: DefinitionRegistre, rep: Repertoire, c: Contexte) {
  const saisi = brutDuCorps(c, d, rep);
  const brut = 'titre' in saisi ? nomme(d, rep, saisi) : saisi;
  const champs = grouper(d, brut);
  const deduites = choisis(brut, 'lignes').flatMap((l) => rep.ficheDe.get(l) ?? []);
  return { ...champs, fiches: [...new Set([...choisis(brut, 'fiches'), ...deduites])].sort() };
}
/** More lines are asked, or a search: the form comes back as it is. A search for nothing is the Enter key in another field. */
const redemande = (c: Contexte): boolean => {
  const ajouter = texte(c.corps.ajouter);
  return ajouter === 'preuves' ? texte(c.corps[CHERCHE]) !== '' : ajouter !== '';
};
export const auteurDe = (c: Contexte): Auteur => ({ id: c.utilisateur?.id ?? null, nom: c.utilisateur?.nom ?? 'Inconnu' });
const PORTEE =
  'Votre mandat ne permet pas d’enregistrer pour cette organisation, à cet endroit, pour ces fiches. Choisissez une organisation, un territoire et une fiche de votre mandat, ou adressez-vous à votre coordination.';

export function saisieRoutes(r: Registres): Route[] {
  return [
    /** 200 form (empty, or filled from `?dupliquer=dernier|<id>`) · 403 · 404 */
    get('/registres/:registre/nouveau', accesRegistres, async (c) => {
      const { d, rep } = await ouvrir(r, c);
      if (!peutCreer(c.utilisateur, d)) throw interdit();
      return formulaire(r, c, d, rep, { ...(await brutDeDepart(c, d, rep)), erreurs: [], masques: null }, null);
    }),

    /** 303 to the record · 200 same form with more lines · 422 form with errors, or with what surprises and is not confirmed · 403 · 404 */
    post(
      '/registres/:registre/nouveau',
      accesRegistres,
      async (c) => {
        const { d, rep } = await ouvrir(r, c);
        const brut = brutDuCorps(c, d, rep);
        if (redemande(c)) return formulaire(r, c, d, rep, { brut, erreurs: [], masques: null }, null);
        const lie = await avecCiblesDuBrut(r, quiDe(c), d, rep, brut);
        const lu = lireBrut(d, lie, lecteurDeCreation(d, lie), nomme(d, lie, brut));
        const serie = lireSerie(d, brut);
        const erreurs = sansTitreAFaire(d, brut, lu.erreurs);
        if (serie.erreurs.length > 0) return formulaire(r, c, d, rep, { brut, erreurs: [...erreurs, ...serie.erreurs], masques: null }, null, 422);
        if (!lu.contenu) return formulaire(r, c, d, rep, { brut, erreurs, masques: null }, null, 422);
        if (!peutEcrire(c.utilisateur, situationDe(d, lu.contenu), rep.contient))
          return formulaire(r, c, d, rep, { brut, erreurs: [{ champ: 'organisation_id', message: PORTEE }], masques: null }, null, 422);
        const ou = { contratId: c.contrat.id, registre: d.code };
        const etonnements = [...lu.avertissements, ...(await ecartsDe(c.db, ou, d, lu.contenu))];
        if (!estConfirme(etonnements, c.corps[CONFIRME]))
          return formulaire(r, c, d, rep, { brut, erreurs: etonnements, masques: null, etonnements }, null, 422);
        const de = { auteur: auteurDe(c), quand: c.maintenant };
        if (serie.jours.length > 1) return redirige(await creerSerie(r, c, ou, { contenu: lu.contenu, jours: serie.jours, ...de }));
        const id = await createActivite(c.db, r, ou, { contenu: lu.contenu, idExterne: null, ...de });
        await c.auditer('activite.creee', `/registres/${d.code}/${id}`, {}, { apres: lu.contenu });
        return redirige(texte(c.corps[SUITE]) === '' ? `/registres/${d.code}/${id}` : `/registres/${d.code}/nouveau?apres=${id}`);
      },
      { creation: true, lisibleEnsuite: true },
    ),

    /** 200 · 302 to sign-in when the register is not public · 404 */
    get(
      '/registres/:registre/:id',
      acces.public,
      async (c) => {
        const { d, rep } = await ouvrir(r, c);
        if (!peutLirePreuve(c.utilisateur, d)) throw c.utilisateur ? interdit() : nonConnecte();
        const a = await charger(c, d);
        if (!peutLire(c.utilisateur, d) && (a.statut === 'retire' || a.contenu.etape !== 'realisee')) throw introuvable('Cet enregistrement');
        return detail(r, c, { d, rep, a, ecrire: peutEcrire(c.utilisateur, situationDe(d, a.contenu), rep.contient) });
      },
      { sensible: true },
    ),

    /** 200 · 403 · 404 */
    get('/registres/:registre/:id/corriger', accesRegistres, async (c) => {
      const { d, rep } = await ouvrir(r, c);
      const a = await charger(c, d);
      if (!peutEcrire(c.utilisateur, situationDe(d, a.contenu), rep.contient)) throw interdit();
      return formulaire(r, c, d, rep, { brut: brutDe(d, a.contenu), erreurs: [], masques: masquesDeVersion(activiteEnregistree(d, a)) }, a);
    }),

    /** 303 · 200 more lines · 422 form with errors, or what surprises · 409 both versions · 403 · 404 */
    post('/registres/:registre/:id/corriger', accesRegistres, async (c) => {
      const { d, rep } = await ouvrir(r, c);
      const a = await charger(c, d, true);
      if (!peutEcrire(c.utilisateur, situationDe(d, a.contenu), rep.contient)) throw interdit();
      const saisi = brutDuCorps(c, d, rep);
      const masques = masquesDeVersion(activiteEnregistree(d, a), saisi);
      if (redemande(c)) return formulaire(r, c, d, rep, { brut: saisi, erreurs: [], masques }, a);
      const lie = await avecCiblesDuBrut(r, quiDe(c), d, rep, saisi, a.contenu);
      const partage = formulaireDActivite(d, lie, a);
      const dans = { largeur: 'travail', section: 'registres', fil: filDe(d) } as const;
      const motif = texte(c.corps.motif);
      const rapproche = rapprocher(corpsGroupe(d, rep, c), activiteEnregistree(d, a));
      if (rapproche.genre === 'heurt') return page(conflictPage(dans, { formulaire: partage, r: rapproche, masques: { motif } }));
      const brut = { ...degrouper(d, rapproche.champs), motif };
      const lu = lireBrut(d, lie, lecteurDeCorrection(d, lie), brut, { version: a.version, motif });
      if (!lu.contenu) return formulaire(r, c, d, rep, { brut, erreurs: lu.erreurs, masques }, a, 422);
      if (!peutEcrire(c.utilisateur, situationDe(d, lu.contenu), rep.contient))
        return formulaire(r, c, d, rep, { brut, erreurs: [{ champ: 'organisation_id', message: PORTEE }], masques }, a, 422);
      if (!memeValeur(a.contenu, lu.contenu)) {
        const ou = { contratId: c.contrat.id, registre: d.code, id: a.id };
        const changes = new Set(differences(d, a.contenu, lu.contenu).map((x) => (x.champ === 'lat' ? 'lon' : x.champ)));
        // What was there before was said to be right, or nobody was asked: it is not asked for another field.
        const etonnements = [...lu.avertissements, ...(await ecartsDe(c.db, ou, d, lu.contenu, a.id))].filter((e) => changes.has(e.champ));
        if (!estConfirme(etonnements, c.corps[CONFIRME])) return formulaire(r, c, d, rep, { brut, erreurs: etonnements, masques, etonnements }, a, 422);
        await updateActivite(c.db, r, ou, {
          contenu: lu.contenu,
          statut: a.statut,
          acte: 'correction',
          motif,
          auteur: auteurDe(c),
          quand: c.maintenant,
        });
        await c.auditer('activite.corrigee', `/registres/${d.code}/${a.id}`, { version: a.version + 1 }, { avant: a.contenu, apres: lu.contenu });
      }
      return rapproche.venus.length > 0 ? page(mergedPage(dans, partage, rapproche, partage.retour)) : redirige(partage.retour);
    }),

    /** 303 · 422 without a reason · 403 · 404 · 409 */
    post('/registres/:registre/:id/retirer', accesRegistres, async (c) => {
      const { d, rep } = await ouvrir(r, c);
      const a = await charger(c, d, true);
      if (!peutEcrire(c.utilisateur, situationDe(d, a.contenu), rep.contient)) throw interdit();
      const lu = lire(retraitSchema, c.corps);
      if (!lu.ok) return detail(r, c, { d, rep, a, ecrire: true }, { acte: 'retirer', erreurs: lu.erreurs, brut: {} });
      const actuel = activiteEnregistree(d, a);
      const ecarts = changesDepuis(c.corps, actuel);
      if (ecarts.length > 0) {
        const partage = formulaireDActivite(d, rep, a, 'retirer');
        const dans = { largeur: 'travail', section: 'registres', fil: filDe(d) } as const;
        return page(removalPage(dans, { formulaire: partage, actuel, ecarts, acte: `Retirer ${ceNom(d)}`, masques: { motif: lu.valeur.motif } }));
      }
      await changerStatut(c, d, a, { statut: 'retire', acte: 'retrait', motif: lu.valeur.motif, version: a.version });
      return redirige(`/registres/${d.code}/${a.id}`);
    }),

    /** 303 · 403 · 404 · 409 */
    post('/registres/:registre/:id/retablir', accesRegistres, async (c) => {
      const { d, rep } = await ouvrir(r, c);
      const a = await charger(c, d, true);
      if (!peutEcrire(c.utilisateur, situationDe(d, a.contenu), rep.contient)) throw interdit();
      await changerStatut(c, d, a, { statut: 'publie', acte: 'retablissement', motif: '', version: Number(texte(c.corps.version)) });
      return redirige(`/registres/${d.code}/${a.id}`);
    }),
  ];

  async function changerStatut(
    c: Contexte,
    d: DefinitionRegistre,
    a: Activite,
    m: { statut: 'publie' | 'retire'; acte: 'retrait' | 'retablissement'; motif: string; version: number },
  ): Promise<void> {
    if (m.version !== a.version) throw conflit(`${a.auteur} a modifié ${ceNom(d)} pendant que vous la lisiez. Revenez à sa page, relisez-la puis recommencez.`);
    if (a.statut === m.statut) return;
    const ou = { contratId: c.contrat.id, registre: d.code, id: a.id };
    await updateActivite(c.db, r, ou, { contenu: a.contenu, statut: m.statut, acte: m.acte, motif: m.motif, auteur: auteurDe(c), quand: c.maintenant });
    await c.auditer(m.statut === 'retire' ? 'activite.retiree' : 'activite.retablie', `/registres/${d.code}/${a.id}`, { version: a.version + 1 });
  }
}

async function charger(c: Contexte, d: DefinitionRegistre, verrou = false): Promise<Activite> {
  const a = await getActivite(c.db, c.contrat.id, d.code, c.params.id ?? '', verrou);
  if (!a) throw introuvable('Cet enregistrement');
  return a;
}

/** `?apres=<id>`: that one is saved, and here is the next. `?dupliquer=dernier`: as the last time. `?dupliquer=<id>`: the same, numbers included. */
async function brutDeDepart(
  c: Contexte,
  d: DefinitionRegistre,
  rep: Repertoire,
): Promise<{ brut: Brut; suiteDe: Activite | null; repris?: readonly string[] }> {
  const [apres, quoi] = [texte(c.requete.apres), texte(c.requete.dupliquer)];
  const aujourdhui = jourDe(c.maintenant);
  const lisible = apres !== '' && peutLire(c.utilisateur, d) ? await getActivite(c.db, c.contrat.id, d.code, apres) : null;
  if (lisible) return { brut: brutCommeAvant(d, rep, lisible, lisible.contenu.jour), suiteDe: lisible };
  const modele = quoi !== '' && quoi !== 'dernier' ? await getActivite(c.db, c.contrat.id, d.code, quoi) : null;
  if (modele) return { brut: { ...brutDe(d, modele.contenu), jour: '', fin: '' }, suiteDe: null };
  const derniere = await getDerniere(c.db, c.contrat.id, d.code, c.utilisateur);
  if (quoi === 'dernier' && derniere) return { brut: brutCommeAvant(d, rep, derniere, aujourdhui), suiteDe: null };
  const brut = brutNouveau(c, d, rep, derniere);
  return { brut, suiteDe: null, repris: reprisDe(d, c.utilisateur, brut, derniere) };
}
