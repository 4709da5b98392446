/**
 * What is begun and not added: kept as it is typed, found again on any device, listed before a session is lifted and before its minutes are
 * frozen. Nothing of it is dropped without someone saying so.
 */
import { code } from '../../../core/trace/details.ts';
import { z } from 'zod';
import { accesMetier } from '../../../core/authorize.ts';
import { conflit, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, json, page, post, redirige, type Reponse, type Route, texte, veutJson } from '../../../core/http/http.ts';
import { masquesDeVersion } from '../../../core/http/versions.ts';
import { ecritureEnregistree } from '../../decisions/index.ts';
import type { SeanceEcrite } from '../seances.contexte.ts';
import { type Acte, chargerDecision, direConflit, estFormulaireDActe, faire, faireCorrection } from './actes.ts';
import { BROUILLONS_MAX, type Brouillon, ecarterBrouillon, finirBrouillon, garderBrouillon, listBrouillons } from './brouillons.queries.ts';
import { lireFormulaire } from './brouillons.rules.ts';
import { joindre } from '../../../ui/fusion.ts';
import { nettoyerTexte, sansControles } from '../../documents/index.ts';
import { saveNotes, verrouillerNotes } from './notes.queries.ts';
import { CompleterPage } from './pages/CompleterPage.tsx';
import { cadrePage, chargerPourEcrire, dire, lireTenue } from './tenue.contexte.tsx';

const DIRE_TROP = `Vous avez ${BROUILLONS_MAX} saisies commencées dans cette séance : ajoutez-les ou écartez-les d’abord. Celle-ci reste sur cet appareil.`;
/** What a form carries, as typed: nothing of it is judged before it is added. */
const champsSchema = z.record(z.string().max(60), z.string().max(20_000)).refine((c) => Object.keys(c).length <= 30);
function lireChamps(brut: string): Record<string, string> | null {
  try {
    const lu = champsSchema.safeParse(JSON.parse(brut));
    // A key or a value that the database cannot hold (NUL, half of a character) is cleaned as in any form.
    return lu.success ? Object.fromEntries(Object.entries(lu.data).map(([nom, v]) => [sansControles(nom), sansControles(v)])) : null;
  } catch {
    return null;
  }
}

/** Who writes while it is open; who keeps it once it is lifted. */
async function charger(c: Contexte): Promise<SeanceEcrite> {
  const s = await chargerPourEcrire(c, true);
  if (s.seance.etat === 'figee') throw conflit('Le relevé est arrêté : il ne reçoit plus rien. Ouvrez un rectificatif.');
  if (s.seance.etat !== 'ouverte' && s.seance.etat !== 'relecture') throw conflit('La séance n’est pas ouverte. Ouvrez-la d’abord.');
  return s;
}
async function chargerBrouillon(c: Contexte): Promise<{ s: SeanceEcrite; b: Brouillon | null }> {
  const s = await charger(c);
  if (s.seance.etat === 'relecture' && !s.tient) throw interdit('Une fois la séance levée, seuls ceux qui la tiennent règlent ce qui n’a pas été ajouté.');
  const b = (await listBrouillons(c.db, c.contrat.id, s.seance.id)).find((x) => x.id === c.params.brouillon);
  return { s, b: b ?? null };
}
const retour = (s: SeanceEcrite): string => `/seances/${s.seance.id}/${s.seance.etat === 'ouverte' ? 'tenir#lever' : 'clore#brouillons'}`;
const repondre = (c: Contexte, s: SeanceEcrite, donnees: object = {}): Reponse =>
  veutJson(c.brut.request) ? json({ ok: true, ...donnees }) : redirige(retour(s));

/** Notes that came too late join those of their item. */
async function joindreNotes(c: Contexte, s: SeanceEcrite, point: string, recues: string): Promise<Acte> {
  const n = await verrouillerNotes(c.db, c.contrat.id, s.seance.id, point);
  if (!n) throw introuvable('Ce point de l’ordre du jour');
  const propre = nettoyerTexte(recues);
  const ensemble = joindre(n.texte, propre);
  if (ensemble.length > 20_000)
    return { ok: false, erreurs: [{ champ: 'texte', message: 'Les notes de ce point tiendraient plus de 20 000 caractères : raccourcissez ce texte.' }] };
  const version = ensemble === n.texte ? n.version : await saveNotes(c.db, c.contrat.id, n, ensemble, s.u.nom, c.maintenant);
  return { ok: true, point, donnees: { version }, dit: { genre: 'notes', point, version } };
}

/** Adds what the draft holds, with what the form that completes it says. */
async function ajouter(c: Contexte, s: SeanceEcrite, b: Brouillon): Promise<{ acte: Acte; champs: Record<string, string> }> {
  const saisi = Object.fromEntries(Object.entries(c.corps).flatMap(([nom, v]) => (typeof v === 'string' && nom !== '_cle' ? [[nom, v]] : [])));
  const champs: Record<string, string> = { ...b.champs, ...saisi, id: b.id };
  const f = lireFormulaire(b.formulaire);
  if (f.genre === 'notes') return { acte: await joindreNotes(c, s, f.objet, champs.texte ?? ''), champs };
  if (f.genre === 'correction') {
    const avant = await chargerDecision(c, s, f.objet);
    const r = await faireCorrection(c, s, avant, champs);
    if (r.genre === 'fait') return { acte: { ok: true, point: r.point, donnees: { id: avant.id }, dit: { genre: 'decisions', point: r.point } }, champs };
    const erreurs = r.genre === 'refus' ? r.erreurs : [{ champ: 'libelle', message: direConflit(avant) }];
    // Both texts are under the eyes: what is sent from here replaces what is recorded now.
    return { acte: { ok: false, erreurs }, champs: { ...champs, ...masquesDeVersion(ecritureEnregistree(avant)) } };
  }
  if (!estFormulaireDActe(f.genre) || (f.genre === 'vote' && !s.instance.vote)) throw introuvable('Cette saisie');
  return { acte: await faire(c, s, f.genre, champs), champs };
}

export const buildBrouillonsRoutes = (): Route[] => [
  /** As it is typed: 200; `fait` when its act was done meanwhile. No field: the form is empty again. 409 frozen; 422; 403; 404. */
  post(
    '/seances/:id/brouillons',
    accesMetier,
    async (c) => {
      const s = await charger(c);
      const id = texte(c.corps.brouillon);
      const formulaire = texte(c.corps.formulaire);
      const brut = texte(c.corps.champs);
      const ou = { seanceId: s.seance.id, compteId: s.u.id, par: s.u.nom, formulaire, quand: c.maintenant };
      if (!z.uuid().safeParse(id).success || lireFormulaire(formulaire).genre === 'inconnu')
        return json({ erreurs: [{ champ: 'formulaire', message: 'Ce formulaire n’est pas de la séance : rechargez la page.' }] }, 422);
      if (brut === '') {
        if (await finirBrouillon(c.db, c.contrat.id, s.seance.id, id, s.u.id)) await dire(c, s.seance.id, { genre: 'brouillons' });
        return json({ ok: true });
      }
      const champs = lireChamps(brut);
      if (!champs) return json({ erreurs: [{ champ: 'champs', message: 'Cette saisie est trop longue pour être gardée.' }] }, 422);
      const issue = await garderBrouillon(c.db, c.contrat.id, { id, ...ou, champs });
      if (issue === 'autre' || issue === 'trop')
        return json(
          { message: issue === 'autre' ? 'Cette saisie porte le numéro d’une autre.' : DIRE_TROP, ...(issue === 'autre' ? { autreId: true } : {}) },
          409,
        );
      if (issue === 'nouveau') {
        await c.auditer('seance.brouillon', `/seances/${s.seance.id}/tenir`, { brouillon: code(id), formulaire: code(formulaire) });
        await dire(c, s.seance.id, { genre: 'brouillons' });
      }
      return json({ ok: true, ...(issue === 'fait' ? { fait: true } : {}) });
    },
    { sansEffetPublic: true },
  ),
  /** 303 or 200; the same when it is gone; 422 with the form to complete; 409; 403; 404. */
  post('/seances/:id/brouillons/:brouillon/ajouter', accesMetier, async (c) => {
    const { s, b } = await chargerBrouillon(c);
    // Added or set aside by someone else a moment ago: the list says where things stand.
    if (!b) return repondre(c, s);
    const { acte, champs } = await ajouter(c, s, b);
    if (!acte.ok) {
      if (veutJson(c.brut.request)) return json({ erreurs: acte.erreurs, completer: true }, 422);
      const t = await lireTenue(c, s, champs.point ?? '');
      return page({ ...cadrePage(s), statut: 422, corps: <CompleterPage t={t} b={b} champs={champs} erreurs={acte.erreurs} retour={retour(s)} /> });
    }
    await finirBrouillon(c.db, c.contrat.id, s.seance.id, b.id);
    await c.auditer('seance.brouillon_ajoute', `/seances/${s.seance.id}/tenir`, { brouillon: code(b.id) });
    if (acte.dit) await dire(c, s.seance.id, acte.dit);
    await dire(c, s.seance.id, { genre: 'brouillons' });
    return repondre(c, s, acte.donnees);
  }),
  /** Its text stays readable, and may be taken back, until the minutes are frozen. 303 or 200; 409; 403; 404. */
  ...(['ecarter', 'reprendre'] as const).map((geste) =>
    post(`/seances/:id/brouillons/:brouillon/${geste}`, accesMetier, async (c) => {
      const { s, b } = await chargerBrouillon(c);
      const par = geste === 'ecarter' ? { nom: s.u.nom, quand: c.maintenant } : null;
      if (b && (await ecarterBrouillon(c.db, c.contrat.id, s.seance.id, b.id, par))) {
        await c.auditer(geste === 'ecarter' ? 'seance.brouillon_ecarte' : 'seance.brouillon_repris', `/seances/${s.seance.id}/tenir`, {
          brouillon: code(b.id),
        });
        await dire(c, s.seance.id, { genre: 'brouillons' });
      }
      return repondre(c, s);
    }),
  ),
];
