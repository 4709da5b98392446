/**
 * Minutes for the public. Persons go: participants keep their seat and organisation, those in charge their organisation;
 * passages that the person redacting chose are taken out wherever they stand. Pure.
 */
import { CIVILITE } from '../../documents/index.ts';
import { contestationsDuSiege, contestationSansNoms, dabordSansNoms, deContestations, sansNoms, voieEcrite } from './approbations.rules.ts';
import type { DecisionEcrite, DossierDePoint, ParticipantEcrit, PointEcrit, ReleveContenu } from './releve.modele.ts';

export const RETIRE = '[passage retiré]';

interface Coupe {
  couper: (texte: string) => string;
  contient: (texte: string) => boolean;
  /** Marks left so far. */
  compte: () => number;
}

const echapper = (t: string): string => t.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Spaces and apostrophes of the page are not always those of the record. */
const motif = (passage: string): string =>
  [...new Set([passage, passage.normalize('NFC'), passage.normalize('NFD')])]
    .map((p) =>
      p
        .split(/\s+/)
        .map((mot) => echapper(mot).replace(/['’]/g, "['’]"))
        .join('\\s+'),
    )
    .join('|');

/** Takes out every occurrence, also where two passages overlap; counts the marks it leaves. */
function creerCoupe(retraits: readonly string[]): Coupe {
  const motifs = [...new Set(retraits.map((r) => r.trim()).filter(Boolean))].map((r) => new RegExp(motif(r), 'g'));
  let n = 0;
  const couper = (texte: string): string => {
    const zones = motifs.flatMap((m) => occurrences(texte, m)).sort((a, b) => a.de - b.de);
    let sortie = '';
    let fin = 0;
    for (const z of zones) {
      if (z.de > fin || (z.de === 0 && fin === 0)) {
        sortie += texte.slice(fin, z.de) + RETIRE;
        n += 1;
      }
      fin = Math.max(fin, z.a);
    }
    return sortie + texte.slice(fin);
  };
  return { couper, contient: (t) => motifs.some((m) => t.search(m) >= 0), compte: () => n };
}

function occurrences(texte: string, m: RegExp): { de: number; a: number }[] {
  const zones: { de: number; a: number }[] = [];
  for (m.lastIndex = 0; ; ) {
    const trouve = m.exec(texte);
    if (!trouve) return zones;
    zones.push({ de: trouve.index, a: trouve.index + trouve[0].length });
    // « anan » stands twice in « ananan ».
    m.lastIndex = trouve.index + 1;
  }
}

/** The content without persons and without the passages. */
export const expurger = (c: ReleveContenu, retraits: readonly string[]): ReleveContenu => appliquer(c, creerCoupe(retraits));

/** How many passages are taken out: what the public is told. */
export function compterRetraits(c: ReleveContenu, retraits: readonly string[]): number {
  const coupe = creerCoupe(retraits);
  appliquer(c, coupe);
  return coupe.compte();
}

function appliquer(c: ReleveContenu, coupe: Coupe): ReleveContenu {
  const { couper } = coupe;
  const personnes = c.participants.flatMap((p) => [p.nom, p.representePar].filter(Boolean).map((nom) => ({ nom: cle(nom), fonction: p.fonction })));
  const organisations = new Set(c.participants.map((p) => p.organisation));
  /** A person known by name is told by their seat. */
  const rapporteur = (r: string): string => personnes.find((p) => cle(r).includes(p.nom))?.fonction ?? r;
  const decision = ({ organisation, ...d }: DecisionEcrite): DecisionEcrite => {
    const seule = couper(organisation ?? organisationSeule(d.responsable, personnes, organisations));
    return { ...d, libelle: couper(d.libelle), responsable: seule, ...(organisation === undefined ? {} : { organisation: seule }) };
  };
  const point = (p: PointEcrit): PointEcrit => ({
    ...p,
    titre: couper(p.titre),
    ...(p.acceptePar ? { acceptePar: couper(p.acceptePar) } : {}),
    rapporteur: couper(rapporteur(p.rapporteur)),
    dossier: p.dossier ? dossier(p.dossier, coupe) : null,
    notes: couper(p.notes),
    decisions: p.decisions.map(decision),
    votes: p.votes.map((v) => ({ ...v, objet: couper(v.objet) })),
  });
  return {
    ...c,
    contrat: { titre: couper(c.contrat.titre), sigle: couper(c.contrat.sigle) },
    instance: { ...c.instance, nom: couper(c.instance.nom), territoire: couper(c.instance.territoire) },
    ...(c.entete ? { entete: { ...c.entete, nom: couper(c.entete.nom), lignes: c.entete.lignes.map(couper), lieu: couper(c.entete.lieu) } } : {}),
    seance: { ...c.seance, titre: couper(c.seance.titre), lieu: couper(c.seance.lieu) },
    motif: couper(c.motif),
    participants: c.participants.map(
      ({ representant: _, contestee, contesteeAussi, ...p }): ParticipantEcrit => ({
        ...p,
        fonction: couper(p.fonction),
        organisation: couper(p.organisation),
        nom: '',
        representePar: '',
        ...deContestations(contestationsDuSiege({ contestee, contesteeAussi }).map(contestationSansNoms)),
      }),
    ),
    points: c.points.map(point),
    decisions: c.decisions.map(decision),
    approbations: c.approbations.map((a) => {
      const [{ fonction, quand, participant, depuis, notee }, voie] = [a, voieEcrite(a)];
      return {
        fonction: couper(fonction),
        par: '',
        piece: '',
        quand,
        ...(participant ? { participant } : {}),
        ...(voie ? { voie } : {}),
        ...(depuis ? { depuis } : {}),
        ...(notee ? { notee: { ...sansNoms(notee), de: couper(notee.de) } } : {}),
        ...dabordSansNoms(a),
      };
    }),
    ...(c.relecture ? { relecture: { ...c.relecture, par: '' } } : {}),
    prochaine: c.prochaine === null ? null : couper(c.prochaine),
  };
}

const cle = (nom: string): string => nom.trim().toLocaleLowerCase('fr');

/**
 * Where the organisation is not given apart: one of those that took part, or words that name nobody and have no second half.
 * What may hold a person is taken out.
 */
function organisationSeule(responsable: string, personnes: readonly { nom: string }[], organisations: ReadonlySet<string>): string {
  const connue = [...organisations]
    .filter((o) => o !== '' && (responsable === o || responsable.startsWith(`${o}, `) || responsable.endsWith(`, ${o}`)))
    .sort((a, b) => b.length - a.length)[0];
  if (connue !== undefined || responsable === '') return connue ?? '';
  return /[,(;]/.test(responsable) || CIVILITE.test(responsable) || personnes.some((p) => cle(responsable).includes(p.nom)) ? RETIRE : responsable;
}

/** An address that quotes a passage would tell it. */
function lien(href: string, { contient }: Coupe): string {
  let lisible = href;
  try {
    lisible = decodeURIComponent(href.replaceAll('+', ' '));
  } catch {
    // Not an encoded address: read as it is.
  }
  return contient(lisible) || contient(href) ? '' : href;
}

function dossier(d: DossierDePoint, coupe: Coupe): DossierDePoint {
  const { couper } = coupe;
  return {
    ...d,
    faits: d.faits.map(couper),
    chiffres: d.chiffres.map((x) => ({
      id: x.id,
      libelle: couper(x.libelle),
      valeur: couper(x.valeur),
      avant: couper(x.avant),
      evolution: couper(x.evolution),
      href: lien(x.href, coupe),
    })),
    lieux: d.lieux.map((l) => ({ ...l, nom: couper(l.nom) })),
    enregistrements: d.enregistrements.map((e) => ({ ...e, libelle: couper(e.libelle), href: lien(e.href, coupe) })),
    source: d.source ? { libelle: couper(d.source.libelle), href: lien(d.source.href, coupe) } : null,
  };
}
