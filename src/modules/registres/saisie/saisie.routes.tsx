/** Creating, reading, correcting and withdrawing one record. */
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { acces, accesRegistres, territoireDe } from '../../../core/authorize.ts';
import { conflit, interdit, introuvable, nonConnecte } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import { changesDepuis, masquesDeVersion, rapprocher } from '../../../core/http/versions.ts';
import { conflictPage, mergedPage, removalPage } from '../../../ui/Conflict.tsx';
import { CONFIRME, estConfirme } from '../../../ui/Confirmer.tsx';
import type { Activite, Auteur } from '../activite.ts';
import { type Brut, brutDe, lireBrut, un } from '../brut.rules.ts';
import type { DefinitionRegistre } from '../definition.ts';
import { ecartsDe } from '../habitudes.queries.ts';
import { ouvrir, type Registres } from '../registres.contexte.ts';
import {
  ficheImposee,
  organisationsDe,
  peutCreer,
  peutEcrire,
  peutGererLot,
  peutLire,
  peutLirePreuve,
  peutOuvrirJournal,
  situationDe,
  territoiresDe,
} from '../registres.policy.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { ceNom, differences, memeValeur, nouveauNom } from '../registres.rules.ts';
import { buildCorrection, buildCreation, retraitSchema } from '../registres.schema.ts';
import { RecordForm, type RecordFormProps } from './pages/RecordForm.tsx';
import { RecordPage } from './pages/RecordPage.tsx';
import { CHERCHE } from '../preuves/pages/PreuvesSaisie.tsx';
import { choisis, contenuEnCours, proposerPour } from '../preuves/proposition.ts';
import { listLots } from '../import/lots.queries.ts';
import { activiteEnregistree, degrouper, formulaireDActivite, grouper } from './saisie.formulaire.ts';
import { cheminDe, createActivite, getActivite, getDerniere, listVersions, updateActivite } from './saisie.queries.ts';

const brutDuCorps = (c: Contexte): Brut => c.corps as Brut;
/** A fiche that follows from a ticked line is said with it, as the record keeps it. */
function corpsGroupe(d: DefinitionRegistre, rep: Repertoire, c: Contexte) {
  const champs = grouper(d, brutDuCorps(c));
  const deduites = choisis(brutDuCorps(c), 'lignes').flatMap((l) => rep.ficheDe.get(l) ?? []);
  return { ...champs, fiches: [...new Set([...choisis(brutDuCorps(c), 'fiches'), ...deduites])].sort() };
}
/** More lines are asked, or a search: the form comes back as it is. A search for nothing is the Enter key in another field. */
const redemande = (c: Contexte): boolean => {
  const ajouter = texte(c.corps.ajouter);
  return ajouter === 'preuves' ? texte(c.corps[CHERCHE]) !== '' : ajouter !== '';
};
export const auteurDe = (c: Contexte): Auteur => ({ id: c.utilisateur?.id ?? null, nom: c.utilisateur?.nom ?? 'Inconnu' });
export const filDe = (d: DefinitionRegistre) => [
  { libelle: 'Registres', href: '/registres' },
  { libelle: d.libelle, href: `/registres/${d.code}` },
];
const PORTEE =
  'Votre mandat ne permet pas d’enregistrer pour cette organisation, à cet endroit, pour ces fiches. Choisissez une organisation, un territoire et une fiche de votre mandat, ou adressez-vous à votre coordination.';

export function saisieRoutes(r: Registres): Route[] {
  return [
    /** 200 form (empty, or filled from `?dupliquer=dernier|<id>`) · 403 · 404 */
    get('/registres/:registre/nouveau', accesRegistres, async (c) => {
      const { d, rep } = await ouvrir(r, c);
      if (!peutCreer(c.utilisateur, d)) throw interdit();
      const modele = await modeleDe(c, d);
      const brut: Brut = modele
        ? { ...brutDe(d, modele.contenu), jour: '', fin: '' }
        : {
            organisation_id: c.utilisateur?.organisationId ?? '',
            territoire_id: territoireDe(c.utilisateur) ?? '',
            fiches: texte(c.requete.fiche) || ficheImposee(c.utilisateur, d),
            lignes: texte(c.requete.ligne),
          };
      return formulaire(c, d, rep, { brut, erreurs: [], masques: null }, null);
    }),

    /** 303 to the record · 200 same form with more lines · 422 form with errors, or with what surprises and is not confirmed · 403 · 404 */
    post(
      '/registres/:registre/nouveau',
      accesRegistres,
      async (c) => {
        const { d, rep } = await ouvrir(r, c);
        const brut = brutDuCorps(c);
        if (redemande(c)) return formulaire(c, d, rep, { brut, erreurs: [], masques: null }, null);
        const lu = lireBrut(d, rep, buildCreation(d, rep), brut);
        if (!lu.contenu) return formulaire(c, d, rep, { brut, erreurs: lu.erreurs, masques: null }, null, 422);
        if (!peutEcrire(c.utilisateur, situationDe(d, lu.contenu), rep.contient))
          return formulaire(c, d, rep, { brut, erreurs: [{ champ: 'organisation_id', message: PORTEE }], masques: null }, null, 422);
        const ou = { contratId: c.contrat.id, registre: d.code };
        const etonnements = [...lu.avertissements, ...(await ecartsDe(c.db, ou, d, lu.contenu))];
        if (!estConfirme(etonnements, c.corps[CONFIRME])) return formulaire(c, d, rep, { brut, erreurs: etonnements, masques: null, etonnements }, null, 422);
        const id = await createActivite(c.db, r, ou, { contenu: lu.contenu, idExterne: null, auteur: auteurDe(c), quand: c.maintenant });
        await c.auditer('activite.creee', `/registres/${d.code}/${id}`, {}, { apres: lu.contenu });
        return redirige(`/registres/${d.code}/${id}`);
      },
      { creation: true },
    ),

    /** 200 · 302 to sign-in when the register is not public · 404 */
    get(
      '/registres/:registre/:id',
      acces.public,
      async (c) => {
        const { d, rep } = await ouvrir(r, c);
        if (!peutLirePreuve(c.utilisateur, d)) throw c.utilisateur ? interdit() : nonConnecte();
        const a = await charger(c, d);
        if (!peutLire(c.utilisateur, d) && a.statut === 'retire') throw introuvable('Cet enregistrement');
        return detail(c, { d, rep, a, ecrire: peutEcrire(c.utilisateur, situationDe(d, a.contenu), rep.contient) });
      },
      { sensible: true },
    ),

    /** 200 · 403 · 404 */
    get('/registres/:registre/:id/corriger', accesRegistres, async (c) => {
      const { d, rep } = await ouvrir(r, c);
      const a = await charger(c, d);
      if (!peutEcrire(c.utilisateur, situationDe(d, a.contenu), rep.contient)) throw interdit();
      return formulaire(c, d, rep, { brut: brutDe(d, a.contenu), erreurs: [], masques: masquesDeVersion(activiteEnregistree(d, a)) }, a);
    }),

    /** 303 · 200 more lines · 422 form with errors, or what surprises · 409 both versions · 403 · 404 */
    post('/registres/:registre/:id/corriger', accesRegistres, async (c) => {
      const { d, rep } = await ouvrir(r, c);
      const a = await charger(c, d, true);
      if (!peutEcrire(c.utilisateur, situationDe(d, a.contenu), rep.contient)) throw interdit();
      const saisi = brutDuCorps(c);
      const masques = masquesDeVersion(activiteEnregistree(d, a), saisi);
      if (redemande(c)) return formulaire(c, d, rep, { brut: saisi, erreurs: [], masques }, a);
      const partage = formulaireDActivite(d, rep, a);
      const dans = { largeur: 'travail', section: 'registres', fil: filDe(d) } as const;
      const motif = texte(c.corps.motif);
      const rapproche = rapprocher(corpsGroupe(d, rep, c), activiteEnregistree(d, a));
      if (rapproche.genre === 'heurt') return page(conflictPage(dans, { formulaire: partage, r: rapproche, masques: { motif } }));
      const brut = { ...degrouper(d, rapproche.champs), motif };
      const lu = lireBrut(d, rep, buildCorrection(d, rep), brut, { version: a.version, motif });
      if (!lu.contenu) return formulaire(c, d, rep, { brut, erreurs: lu.erreurs, masques }, a, 422);
      if (!peutEcrire(c.utilisateur, situationDe(d, lu.contenu), rep.contient))
        return formulaire(c, d, rep, { brut, erreurs: [{ champ: 'organisation_id', message: PORTEE }], masques }, a, 422);
      if (!memeValeur(a.contenu, lu.contenu)) {
        const ou = { contratId: c.contrat.id, registre: d.code, id: a.id };
        const changes = new Set(differences(d, a.contenu, lu.contenu).map((x) => (x.champ === 'lat' ? 'lon' : x.champ)));
        // What was there before was said to be right, or nobody was asked: it is not asked for another field.
        const etonnements = [...lu.avertissements, ...(await ecartsDe(c.db, ou, d, lu.contenu, a.id))].filter((e) => changes.has(e.champ));
        if (!estConfirme(etonnements, c.corps[CONFIRME])) return formulaire(c, d, rep, { brut, erreurs: etonnements, masques, etonnements }, a, 422);
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
      if (!lu.ok) return detail(c, { d, rep, a, ecrire: true }, lu.erreurs[0]?.message ?? '');
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

  async function detail(c: Contexte, o: { d: DefinitionRegistre; rep: Repertoire; a: Activite; ecrire: boolean }, erreurRetrait?: string): Promise<Reponse> {
    const lecteur = peutLire(c.utilisateur, o.d);
    const versions = lecteur ? await listVersions(c.db, c.contrat.id, o.a.id) : [];
    const ids = [o.a.lotId, ...versions.map((v) => v.lotId)].filter((id) => id !== null);
    const lots = lecteur && ids.length > 0 ? await listLots(c.db, { contratId: c.contrat.id, registre: o.d.code }, ids.length, ids) : [];
    const contratId = c.contrat.id;
    const [proposition, mouvements] = await lireEnsemble(c.db, [
      () => proposerPour(c.db, r, { contratId, d: o.d, rep: o.rep, contenu: o.a.contenu }),
      () => (lecteur ? r.getMouvements(c.db, contratId, { chemin: cheminDe({ registre: o.d.code, id: o.a.id }), version: o.a.version }) : null),
    ]);
    const vientDEcrire = lecteur && o.a.auteur === c.utilisateur?.nom && jourDe(o.a.modifieLe) === jourDe(c.maintenant);
    return page({
      titre: o.a.contenu.titre,
      statut: erreurRetrait === undefined ? 200 : 422,
      largeur: lecteur ? 'travail' : 'public',
      section: 'registres',
      fil: lecteur ? filDe(o.d) : [],
      corps: (
        <RecordPage
          d={o.d}
          rep={o.rep}
          activite={o.a}
          versions={versions}
          proposition={proposition}
          mouvements={mouvements}
          vientDEcrire={vientDEcrire}
          lots={new Set(lots.filter((lot) => peutGererLot(c.utilisateur, lot, o.d)).map((lot) => lot.id))}
          public={!lecteur}
          auditable={peutOuvrirJournal(c.utilisateur)}
          peutEcrire={o.ecrire}
          peutCreer={peutCreer(c.utilisateur, o.d)}
          erreurRetrait={erreurRetrait}
        />
      ),
    });
  }

  async function formulaire(
    c: Contexte,
    d: DefinitionRegistre,
    rep: Repertoire,
    p: Pick<RecordFormProps, 'brut' | 'erreurs' | 'masques' | 'etonnements'>,
    a: Activite | null,
    statut = 200,
  ): Promise<Reponse> {
    const titre = a ? `Corriger ${ceNom(d)}` : nouveauNom(d);
    const action = a ? `/registres/${d.code}/${a.id}/corriger` : `/registres/${d.code}/nouveau`;
    const vides = Math.min(60, (Number(texte(c.corps.lignes_vides)) || 3) + (texte(c.corps.ajouter) === 'lignes' ? 3 : 0));
    const permises = organisationsDe(c.utilisateur, d);
    // A record may belong to another organisation than those offered for a new one: its own stays in the list.
    const organisations = permises === null || a === null ? permises : [...permises, a.contenu.organisation_id];
    const lieux = territoiresDe(c.utilisateur, d, rep.descendants);
    const territoires = lieux === null ? null : [...lieux, un(p.brut, 'territoire_id')];
    const proposition = await proposerPour(c.db, r, { contratId: c.contrat.id, d, rep, contenu: contenuEnCours(d, rep, p.brut) });
    return page({
      titre: p.erreurs.length > 0 ? `Erreur : ${titre}` : titre,
      statut,
      largeur: 'travail',
      section: 'registres',
      fil: a ? [...filDe(d), { libelle: a.contenu.titre, href: `/registres/${d.code}/${a.id}` }] : filDe(d),
      corps: (
        <RecordForm
          d={d}
          rep={rep}
          titre={titre}
          action={action}
          retour={a ? `/registres/${d.code}/${a.id}` : `/registres/${d.code}`}
          organisations={organisations}
          territoires={territoires}
          lignesVides={vides}
          proposition={proposition}
          {...p}
        />
      ),
    });
  }
}

async function charger(c: Contexte, d: DefinitionRegistre, verrou = false): Promise<Activite> {
  const a = await getActivite(c.db, c.contrat.id, d.code, c.params.id ?? '', verrou);
  if (!a) throw introuvable('Cet enregistrement');
  return a;
}

async function modeleDe(c: Contexte, d: DefinitionRegistre): Promise<Activite | null> {
  const quoi = texte(c.requete.dupliquer);
  if (quoi === '') return null;
  if (quoi === 'dernier') return getDerniere(c.db, c.contrat.id, d.code, c.utilisateur?.organisationId ?? '');
  return getActivite(c.db, c.contrat.id, d.code, quoi);
}
