/** Live notes. */
import { code } from '../../../core/trace/details.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { introuvable } from '../../../core/errors.ts';
import { type Contexte, json, lire, page, post, type Reponse, type Route, texte, veutJson } from '../../../core/http/http.ts';
import { rapprocher } from '../../../core/http/versions.ts';
import { conflictPage, type FormulairePartage } from '../../../ui/Conflict.tsx';
import { REFUS_RESERVE } from '../partie/partie.rules.ts';
import { nettoyerTexte } from '../../documents/index.ts';
import { aEcrit, type NotesVerrouillees, saveNotes, verrouillerNotes } from './notes.queries.ts';
import { cadrePage, chargerPourEcrire, dire, fait, refuser, refusSiFermee, type ServicesTenue } from './tenue.contexte.tsx';
import { notesSchema } from './tenue.schema.ts';

export const buildNotesRoutes = (k: ServicesTenue): Route[] => [
  /**
   * 303 to the item, or 200 `{ version, texte }`; 409 someone else wrote meanwhile (both texts, nothing overwritten), or the
   * session is closed; 422 too long; 403; 404.
   */
  post('/seances/:id/points/:point/notes', accesMetier, (c) => enregistrer(c, k), { sansEffetPublic: true }),
];

async function enregistrer(c: Contexte, k: ServicesTenue): Promise<Reponse> {
  const s = await chargerPourEcrire(c, false);
  const n = await verrouillerNotes(c.db, c.contrat.id, s.seance.id, c.params.point ?? '');
  if (!n) throw introuvable('Ce point de l’ordre du jour');
  // As typed: what surrounds a text is part of it.
  const brut = typeof c.corps.texte === 'string' ? c.corps.texte : '';
  const ferme = await refusSiFermee(
    c,
    { ...s, seance: { ...s.seance, etat: n.etat } },
    [{ libelle: `Notes du point « ${n.titre} »`, texte: nettoyerTexte(brut) === n.texte ? '' : brut }],
    `notes:${n.id}`,
  );
  if (ferme) return ferme;
  const lu = lire(notesSchema, c.corps);
  const champs = { point: n.id, version: texte(c.corps.version), texte: brut };
  if (!lu.ok) return refuser(c, k, s, 'notes', lu.erreurs, { champs, point: n.id });
  if (n.genre === 'reserve') return refuser(c, k, s, 'notes', [{ champ: 'texte', message: REFUS_RESERVE }], { champs, point: n.id });
  const { version } = lu.valeur;
  const propre = nettoyerTexte(lu.valeur.texte);
  if (propre !== n.texte && version !== n.version) {
    const autre = { version: n.version, texte: n.texte, par: n.par };
    if (veutJson(c.brut.request)) return json(autre, 409);
    const actuel = { version: n.version, champs: { texte: n.texte }, par: n.par, le: n.quand };
    const r = rapprocher({ ...c.corps, texte: propre }, actuel);
    if (r.genre === 'heurt') return page(conflictPage(cadrePage(s), { formulaire: formulaireDesNotes(s.seance.id, n), r }));
  }
  // What is already there is not written again: a message sent twice changes nothing.
  if (propre === n.texte) return fait(c, s.seance.id, { point: n.id }, { version: n.version, texte: n.texte });
  if (!(await aEcrit(c.db, c.contrat.id, n, s.u.nom))) await c.auditer('seance.notes', `/seances/${s.seance.id}/tenir`, { point: code(n.id) });
  const nouvelle = await saveNotes(c.db, c.contrat.id, n, propre, s.u.nom, c.maintenant);
  await dire(c, s.seance.id, { genre: 'notes', point: n.id, version: nouvelle });
  return fait(c, s.seance.id, { point: n.id }, { version: nouvelle, texte: propre });
}

const formulaireDesNotes = (seanceId: string, n: NotesVerrouillees): FormulairePartage => ({
  objet: `${n.rang}. ${n.titre}`,
  action: `/seances/${seanceId}/points/${n.id}/notes`,
  retour: `/seances/${seanceId}/tenir?point=${n.id}#point`,
  champs: { texte: { libelle: 'Notes du point', long: true } },
});
