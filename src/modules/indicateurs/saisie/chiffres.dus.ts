/**
 * Collected figures that institutions owe: for each period of the measure that has begun, one month after it ends. What was given
 * for a longer period that holds it, or for all the shorter ones that make it up, settles it too.
 */
import { sql } from 'kysely';
import { accorder, type Attendue, type Source } from '../../echeances/index.ts';
import { type Catalogue, getCatalogue, type Mesure } from '../../contrats/index.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { peutSaisir } from '../indicateurs.policy.ts';
import { decoupages, echeance, moisDe, periode } from '../periode.rules.ts';

interface Donnee {
  mesureId: string;
  periode: string;
  etat: 'valeur' | 'secret' | 'sans_objet';
  par: string;
  organisationId: string;
  le: Date;
}

/** The shortest periods asked, over the years of the contract, that have begun. */
function periodesDues(m: Mesure, c: Catalogue, aujourdhui: string): string[] {
  const [premiere, derniere] = [Number(c.contrat.debut.slice(0, 4)), Number(c.contrat.fin.slice(0, 4))];
  return Array.from({ length: derniere - premiere + 1 }, (_, i) => premiere + i)
    .flatMap((annee) => {
      const [semestres = [], trimestres = []] = decoupages(String(annee));
      if (m.periodicite.includes('mensuel') && !m.periodicite.includes('semestriel')) return moisDe(annee);
      if (m.periodicite.includes('trimestriel')) return trimestres;
      return m.periodicite.includes('semestriel') ? semestres : [String(annee)];
    })
    .filter((p) => periode(p).debut <= aujourdhui);
}

/** Periods that hold this one, the period itself first. */
const contenants = (code: string): string[] => {
  const annee = code.slice(0, 4);
  const parts = [annee, ...(decoupages(annee).flat() ?? [])];
  const p = periode(code);
  return [code, ...parts.filter((x) => x !== code && periode(x).debut <= p.debut && periode(x).fin >= p.fin)];
};

function trouver(m: Mesure, code: string, donnees: ReadonlyMap<string, Donnee>): Donnee | null {
  const de = (p: string) => donnees.get(`${m.id}|${p}`);
  for (const p of contenants(code)) {
    const d = de(p);
    if (d) return d;
  }
  for (const parts of decoupages(code)) {
    const lues = parts.map(de);
    if (lues.every((d) => d !== undefined)) return lues.reduce<Donnee | null>((a, d) => (d && (!a || d.le > a.le) ? d : a), null);
  }
  return null;
}

function attendues(m: Mesure, c: Catalogue, aujourdhui: string, donnees: ReadonlyMap<string, Donnee>): Attendue[] {
  return periodesDues(m, c, aujourdhui).flatMap((code) => {
    const d = trouver(m, code, donnees);
    return m.aupres.map(
      (organisationId): Attendue => ({
        genre: 'chiffre',
        sujet: m.id,
        objetId: m.id,
        titre: m.libelle,
        chemin: `/chiffres/${m.id}?periode=${code}`,
        organisationId,
        periode: code,
        territoireId: c.racine.id,
        fiche: m.fiche,
        ouverteLe: periode(code).debut,
        dueLe: echeance(code),
        soldee: d && d.etat !== 'sans_objet' ? { le: d.le, par: d.par, chemin: `/chiffres/${m.id}?periode=${d.periode}` } : null,
        // Read by anyone: the institution that said so answers for it, not the person who typed it.
        sansObjet: d?.etat === 'sans_objet' ? `déclaré sans objet : ${c.nomActeur(d.organisationId)}` : null,
      }),
    );
  });
}

export const sourceChiffres: Source = {
  code: 'chiffres',
  module: 'indicateurs',
  genres: [
    {
      code: 'chiffre',
      libelle: 'Chiffre à fournir',
      puisTousLes: 30,
      publique: true,
      parPeriode: true,
      acte: { libelle: 'Fournir', chemin: (e) => `/chiffres/${e.objetId}/saisir?periode=${e.periode}` },
    },
  ],
  attendues: async (db, o) => {
    const c = await getCatalogue(db, o.contratId);
    const mesures = o.sujets ? o.sujets.flatMap((id) => c.mesures.get(id) ?? []) : [...c.mesures.values()];
    const collectees = mesures.filter((m) => m.obtention !== 'calcul');
    const { rows } = await sql<Donnee>`
      select mesure_id as "mesureId", periode, etat, saisi_par as par, saisi_par_organisation as "organisationId", saisi_le as le
      from valeurs
      where contrat_id = ${o.contratId} and courante and territoire_id = ${c.racine.id} and ventilation = '{}'
        and mesure_id = any(${collectees.map((m) => m.id)}::text[])`.execute(db);
    const donnees = new Map(rows.map((d) => [`${d.mesureId}|${d.periode}`, d]));
    return collectees.flatMap((m) => attendues(m, c, o.aujourdhui, donnees));
  },
  /** Which figures are missing, and who owes them, is public. */
  lisibles: () => sql`true`,
  miennes: (_, l) => {
    const siennes = [...l.catalogue.fiches.values()].filter((f) =>
      peutSaisir(l.u, { fiche: f.numero, territoireId: l.catalogue.racine.id, aupres: [l.u.organisationId] }, l.catalogue.contient),
    );
    return sql`(e.organisation_id = ${l.u.organisationId} and e.fiche = any(${siennes.map((f) => f.numero)}::text[]))`;
  },
  /** Whoever may enter it in the organisation that owes it. */
  destinataires: async (_, p) =>
    new Map(
      p.echeances.map((e) => [
        e.id,
        p.comptes.filter(
          (u) =>
            u.organisationId === e.organisationId &&
            peutSaisir(u, { fiche: e.fiche ?? '', territoireId: e.territoireId ?? '', aupres: [e.organisationId] }, p.catalogue.contient),
        ),
      ]),
    ),
};

export const suivreChiffre = (c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, mesureId: string): Promise<number> =>
  accorder(c.db, c.contrat.id, sourceChiffres, [mesureId], c);
