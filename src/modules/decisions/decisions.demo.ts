/** Invented decisions and actions, in every state, of what held sessions in the demonstration. No name but the demonstration's people. */
import { sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';
import { hasard, parmi, uuidDe } from '../../core/tirage.ts';
import type { Catalogue, Ligne } from '../contrats/index.ts';
import { joursEntre, plusJours } from '../echeances/index.ts';
import type { Confidentialite, EtatDecision, Nature, RefOrigine } from './decisions.rules.ts';
import { enJson } from '../../core/couper.ts';

/** What decides in the demonstration, as its module drew it. */
export interface DecideurDemo {
  origine: RefOrigine;
  confidentialite: Confidentialite;
  territoireId: string;
  porteur: string;
  /** Served by it; empty: all of them. */
  fiches: readonly string[];
  /** Day it began. */
  debut: string;
  /** Its sessions, in order. */
  seances: readonly { id: string; jour: string }[];
  sieges: readonly { qualite: string; organisation_id: string; fonction: string; nom: string; courriel: string }[];
  groupe: 'vitrine' | 'central' | 'ailleurs';
}
interface Tirage {
  graine: number;
  jusquau: string;
}
/** What they are drawn from. */
export interface MotsDeDecisions {
  nombre_de_decisions: number;
  actions: readonly string[];
  decisions: readonly string[];
  preuves: readonly string[];
  conditions: readonly string[];
  motifs: readonly string[];
}

/** Weighs towards the places in view, then the central bodies. */
function choisir(decideurs: readonly DecideurDemo[], graine: number, n: number): DecideurDemo | undefined {
  const tirage = hasard(graine, n, 'groupe');
  const groupe = tirage < 0.45 ? 'vitrine' : tirage < 0.8 ? 'central' : 'ailleurs';
  return parmi(
    decideurs.filter((i) => i.groupe === groupe),
    graine,
    n,
    'instance',
  );
}

/** What became of it, by age: the older, the more often it is done. */
function sortDe(age: number, echeance: number, graine: number, n: number): EtatDecision {
  const x = hasard(graine, n, 'etat');
  if (age > 150) return x < 0.62 ? 'fait' : x < 0.72 ? 'abandonne' : x < 0.82 ? 'bloque' : x < 0.92 ? 'en_cours' : 'a_faire';
  if (age > echeance) return x < 0.4 ? 'fait' : x < 0.55 ? 'bloque' : x < 0.8 ? 'en_cours' : 'a_faire';
  return x < 0.2 ? 'fait' : x < 0.3 ? 'bloque' : x < 0.65 ? 'en_cours' : 'a_faire';
}

function ficheEtLigne(c: Catalogue, i: DecideurDemo, graine: number, n: number): { fiche: string | null; ligne: string | null } {
  const fiches = i.fiches.length > 0 ? i.fiches : [...c.fiches.keys()];
  const fiche = hasard(graine, n, 'avec') < 0.85 ? (parmi(fiches, graine, n, 'fiche') ?? null) : null;
  const lignes: readonly Ligne[] = fiche ? (c.fiches.get(fiche)?.lignes ?? []) : [];
  return { fiche, ligne: hasard(graine, n, 'precise') < 0.7 ? (parmi(lignes, graine, n, 'ligne')?.id ?? null) : null };
}

function tirer(c: Catalogue, i: DecideurDemo, n: number, o: Tirage, p: MotsDeDecisions) {
  const recentes = i.seances.slice(-Math.max(3, Math.ceil(i.seances.length / 2)));
  const seance = parmi(recentes, o.graine, n, 'jour');
  const jour = seance?.jour ?? i.debut;
  const nature: Nature = hasard(o.graine, n, 'nature') < 0.3 ? 'decision' : 'action';
  const delai = 30 + Math.floor(150 * hasard(o.graine, n, 'delai'));
  const etat = sortDe(joursEntre(jour, o.jusquau), delai, o.graine, n);
  const responsable = parmi(
    i.sieges.filter((s) => s.qualite !== 'invite'),
    o.graine,
    n,
    'responsable',
  );
  const secretaire = i.sieges.find((s) => s.qualite === 'secretaire');
  const { fiche, ligne } = ficheEtLigne(c, i, o.graine, n);
  const fini = etat === 'fait' || etat === 'abandonne';
  const change = plusJours(jour, Math.round(Math.min(joursEntre(jour, o.jusquau), delai * 1.2) * (0.3 + 0.7 * hasard(o.graine, n, 'change'))));
  return {
    id: uuidDe(o.graine, 'decision', n),
    genre: i.origine.genre,
    origine: i.origine.id,
    confidentialite: i.confidentialite,
    seance: seance?.id ?? null,
    jour,
    nature,
    libelle: parmi(nature === 'action' ? p.actions : p.decisions, o.graine, n, 'libelle'),
    responsable: responsable?.organisation_id ?? i.porteur,
    responsableNom: responsable ? responsable.nom || responsable.fonction : '',
    responsableCourriel: responsable?.courriel ?? '',
    echeance: hasard(o.graine, n, 'date') < 0.9 ? plusJours(jour, delai) : null,
    fiche,
    ligne,
    territoire: i.territoireId,
    etat,
    condition: etat === 'bloque' ? parmi(p.conditions, o.graine, n, 'condition') : '',
    preuve: etat === 'fait' ? parmi(p.preuves, o.graine, n, 'preuve') : '',
    preuveLien: etat === 'fait' && fiche ? `/fiches/${fiche}` : '',
    motif: etat === 'abandonne' ? parmi(p.motifs, o.graine, n, 'motif') : '',
    auteur: secretaire?.nom || 'Secrétariat de l’instance',
    modifiePar: responsable?.nom || c.nomActeur(responsable?.organisation_id ?? i.porteur),
    change,
    close: fini ? change : null,
  };
}

/** Written as they were decided, then moved on, so that their history is there. Returns how many. */
export async function saveDecisionsDemo(tx: Db, c: Catalogue, decideurs: readonly DecideurDemo[], o: Tirage, p: MotsDeDecisions): Promise<number> {
  const lignes = Array.from({ length: p.nombre_de_decisions }, (_, n) => {
    const i = choisir(decideurs, o.graine, n);
    return i ? [tirer(c, i, n, o, p)] : [];
  }).flat();
  await sql`
    insert into decisions (contrat_id, id, origine_genre, origine_id, confidentialite, seance_id, numero, nature, libelle, responsable_id,
      responsable_nom, responsable_courriel, echeance, fiche, ligne, territoire_id, auteur, cree_le, modifie_par, modifie_le)
    select ${c.contratId}, v.id, v.genre, v.origine, v.confidentialite, v.seance,
      row_number() over (partition by v.genre, v.origine order by v.jour, v.id), v.nature, v.libelle, v.responsable, v."responsableNom", v."responsableCourriel", v.echeance, v.fiche, v.ligne, v.territoire, v.auteur, v.quand, v.auteur, v.quand
    from (
      select *, (jour + time '17:00') at time zone ${c.contrat.fuseau} as quand
      from jsonb_to_recordset(${enJson(lignes)}::jsonb) as x (id uuid, genre text, origine uuid, confidentialite text, seance uuid, jour date, nature text, libelle text,
        responsable text, "responsableNom" text, "responsableCourriel" text, echeance date, fiche text, ligne text, territoire text, auteur text)
    ) as v`.execute(tx);
  await sql`
    update decisions d
    set etat = v.etat, condition = v.condition, preuve = v.preuve, preuve_lien = v."preuveLien", motif = v.motif, close_le = v.close, version = 2,
      modifie_par = v."modifiePar", modifie_le = least((v.change + time '18:00') at time zone ${c.contrat.fuseau}, now())
    from jsonb_to_recordset(${enJson(lignes.filter((l) => l.etat !== 'a_faire'))}::jsonb) as v (id uuid, etat text, condition text, preuve text,
      "preuveLien" text, motif text, close date, change date, "modifiePar" text)
    where d.contrat_id = ${c.contratId} and d.id = v.id`.execute(tx);
  return lignes.length;
}
