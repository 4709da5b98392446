/**
 * The right of reply: whoever answers for a late figure says why, and for when. Public at once, signed by the institution; taken back by
 * them; shown until the figure comes. GET 200; POST 303, 200 both changes kept, 409 both shown or no longer late, 422; 403; 404.
 */
import { code } from '../../../core/trace/details.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { type Enregistre, enTextes, rapprocher } from '../../../core/http/versions.ts';
import { conflictPage, type FormulairePartage, mergedPage } from '../../../ui/Conflict.tsx';
import { formatPeriode } from '../../../ui/typographie.ts';
import { avancementDe, compterRappels, type Echeance, listEcheances } from '../../echeances/index.ts';
import { adresse, type Cadre, cadrer, GENRE } from './completude.cadre.ts';
import { peutDirePourquoi } from './completude.policy.ts';
import { RaisonPage } from './pages/RaisonPage.tsx';
import { buildRaisonSchema } from './raison.schema.ts';
import { addRaison, getDernierMot, type Mot, tenirRaisons } from './raisons.queries.ts';

const PAS_LE_SIEN = 'Seule l’institution qui doit ce chiffre dit pourquoi il tarde : c’est son droit de réponse.';
const ARRIVE = 'Ce chiffre n’est plus en retard : il n’y a plus rien à expliquer.';
const CROISE = 'Quelqu’un de votre institution vient d’écrire ici. Rechargez la page pour lire ce qu’il dit.';

interface Vise {
  k: Cadre;
  e: Echeance;
  mot: Mot | null;
}
/** 404 no such debt; 403 for who does not answer for it; 409 when it is not late. `ecrit`: who writes after another sees what they wrote. */
async function viser(c: Contexte, ecrit = false): Promise<Vise> {
  const k = await cadrer(c);
  const [e] = await listEcheances(c.db, k.lecteur, { genre: GENRE, ids: [c.params.dette ?? ''], etat: 'toutes' }, null, 1);
  if (!e) throw introuvable('Ce chiffre dû');
  if (!peutDirePourquoi(c.utilisateur, k.catalogue, e)) throw interdit(PAS_LE_SIEN);
  if (avancementDe(e, k.lecteur.aujourdhui) !== 'en_retard') throw conflit(ARRIVE);
  if (ecrit) await tenirRaisons(c.db, c.contrat.id, e.id);
  return { k, e, mot: await getDernierMot(c.db, c.contrat.id, e.id) };
}

const nomDe = ({ k, e }: Vise): string => k.catalogue.nomActeurA(e.organisationId, e.territoireId);
const publique = (v: Vise): string =>
  adresse(`/chiffres-attendus/${encodeURIComponent(v.e.organisationId)}`, {
    lieu: v.k.catalogue.acteurs.get(v.e.organisationId)?.local ? (v.e.territoireId ?? '') : '',
  });
const enregistre = (v: Vise): Enregistre => ({
  version: v.mot?.version ?? 0,
  champs: { motif: v.mot?.motif ?? '', attendu_le: v.mot?.attenduLe ?? '' },
  par: v.mot?.par ?? '',
  le: v.mot?.le ?? null,
});
const formulaire = (v: Vise): FormulairePartage => ({
  objet: `${v.e.titre}, ${formatPeriode(v.e.periode)}`,
  action: `/collecte/retards/${v.e.id}`,
  retour: publique(v),
  champs: { motif: { libelle: 'Pourquoi ce chiffre tarde', long: true }, attendu_le: { libelle: 'Annoncé pour le' } },
});
const DANS = {
  largeur: 'travail',
  section: 'completude',
  fil: [{ libelle: 'Qui doit quoi', href: '/collecte' }],
} as const;

async function pageDeRaison(c: Contexte, v: Vise, champs: Record<string, string>, erreurs: readonly ErreurDeChamp[] = []) {
  const rappels = await compterRappels(c.db, c.contrat.id, [v.e.id]);
  return page({
    ...DANS,
    titre: 'Dire pourquoi ce chiffre tarde',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <RaisonPage
        dette={v.e}
        nom={nomDe(v)}
        rappels={rappels.get(v.e.id)}
        publie={(v.mot?.motif ?? '') !== ''}
        enregistre={enregistre(v)}
        champs={champs}
        erreurs={erreurs}
        aujourdhui={v.k.lecteur.aujourdhui}
        retour={publique(v)}
      />
    ),
  });
}

async function ecrire(c: Contexte, v: Vise, motif: string, attenduLe: string): Promise<void> {
  const mot = { echeanceId: v.e.id, version: (v.mot?.version ?? 0) + 1, motif, attenduLe: attenduLe || null, le: c.maintenant, par: c.utilisateur?.nom ?? '' };
  if (!(await addRaison(c.db, c.contrat.id, { ...mot, organisationId: c.utilisateur?.organisationId ?? '' }))) throw conflit(CROISE);
  await c.auditer(
    motif === '' ? 'retard.raison_retiree' : 'retard.raison',
    v.e.chemin,
    { dette: code(v.e.id), version: mot.version },
    { apres: { motif, attenduLe } },
  );
}

export const raisonRoutes: Route[] = [
  get('/collecte/retards/:dette', accesMetier, async (c) => {
    const v = await viser(c);
    return pageDeRaison(c, v, enTextes(enregistre(v).champs));
  }),
  post('/collecte/retards/:dette', accesMetier, async (c) => {
    const v = await viser(c, true);
    const r = rapprocher(c.corps, enregistre(v));
    if (r.genre === 'heurt') return page(conflictPage(DANS, { formulaire: formulaire(v), r }));
    const lu = lire(buildRaisonSchema(v.k.lecteur.aujourdhui), r.champs);
    const tapes = { version: texte(c.corps.version), _vu: texte(c.corps._vu) };
    if (!lu.ok) return pageDeRaison(c, v, { ...enTextes(r.champs), ...tapes }, lu.erreurs);
    await ecrire(c, v, lu.valeur.motif, lu.valeur.attendu_le);
    return r.venus.length > 0 ? page(mergedPage(DANS, formulaire(v), r, publique(v))) : redirige(publique(v));
  }),
  post('/collecte/retards/:dette/retirer', accesMetier, async (c) => {
    const v = await viser(c, true);
    if ((v.mot?.motif ?? '') === '') throw conflit('Aucune raison n’est publiée : il n’y a rien à retirer.');
    if (texte(c.corps.version) !== String(v.mot?.version)) throw conflit(CROISE);
    await ecrire(c, v, '', '');
    return redirige(publique(v));
  }),
];
