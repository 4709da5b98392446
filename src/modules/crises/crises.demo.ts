/** Two rooms of the demonstration: one fictive crisis, closed, and one exercise. */
import { createHash } from 'node:crypto';
import type { Db } from '../../core/base/database.ts';
import { instantDe } from '../../core/clock.ts';
import type { Catalogue } from '../contrats/index.ts';
import { plusJours } from '../echeances/index.ts';
import { getCadre } from './crises.schema.ts';
import { ecrireEntrees } from './main-courante/main-courante.queries.ts';
import { setTache } from './roles/taches.queries.ts';
import { addActeur, addCrise, setEtat } from './salle/salle.queries.ts';

/** Minutes after the opening, class, from, what; `fait` and `corrige` point to an earlier row (from 1). */
type Ligne = readonly [
  minute: number,
  classe: string,
  source: string,
  contenu: string,
  plus?: { fait?: number; corrige?: number; pour?: number; horsLigne?: number },
];
interface Scene {
  graine: string;
  type: string;
  titre: string;
  lieu: string;
  exercice: boolean;
  joursAvant: number;
  heure: string;
  acteurs: readonly (readonly [organisation: string, entite: string])[];
  lignes: readonly Ligne[];
  taches: readonly (readonly [entite: string, tache: string])[];
}

const SCENES: readonly Scene[] = [
  {
    graine: 'incendie',
    type: 'incendie',
    titre: 'Feu de parking souterrain',
    lieu: 'Quartier de la Chapelle',
    exercice: false,
    joursAvant: 40,
    heure: '18:05',
    acteurs: [
      ['SCOP', 'scop'],
      ['PP', 'pp'],
      ['VILLE', 'ville'],
      ['MA', 'mairie'],
      ['DPMP', 'dpmp'],
      ['DSOL', 'dsol'],
    ],
    lignes: [
      [0, 'information', 'SCOP', 'Salle ouverte : feu dans un parking souterrain, fumées dans deux immeubles'],
      [4, 'alerte', 'PP', 'Deux immeubles évacués, environ 80 habitants dehors'],
      [7, 'demande', 'Mairie', 'Une salle chauffée est demandée pour les habitants évacués', { pour: 35 }],
      [12, 'decision', 'Mairie', 'Gymnase du secteur ouvert aux habitants évacués'],
      [21, 'moyens', 'SCOP', 'Véhicule de prestations d’urgence engagé, attendu dans vingt minutes'],
      [26, 'personnes', 'DSOL', '46 personnes accueillies, 9 cherchent où dormir', { horsLigne: 31 }],
      [30, 'action', 'Mairie', 'Gymnase chauffé, accueil en place', { fait: 3 }],
      [41, 'personnes', 'DSOL', '64 personnes accueillies, 11 cherchent où dormir', { corrige: 6 }],
      [75, 'information', 'PP', 'Feu éteint, retour possible dans un des deux immeubles'],
      [130, 'point', 'SCOP', 'Un immeuble rendu à ses habitants, l’autre fermé pour la nuit, 11 personnes hébergées'],
    ],
    taches: [
      ['scop', 'recu'],
      ['scop', 'mairies'],
      ['mairie', 'accueil'],
    ],
  },
  {
    graine: 'inondation',
    type: 'inondation',
    titre: 'Crue lente de la Seine',
    lieu: '',
    exercice: true,
    joursAvant: 12,
    heure: '09:30',
    acteurs: [
      ['SCOP', 'scop'],
      ['PP', 'pp'],
      ['VILLE', 'ville'],
      ['DPMP', 'dpmp'],
    ],
    lignes: [
      [0, 'information', 'SCOP', 'Salle ouverte pour un exercice : montée des eaux annoncée'],
      [6, 'demande', 'Ville', 'Liste des équipements sous le niveau annoncé demandée aux directions', { pour: 60 }],
      [18, 'decision', 'Préfet de Police', 'Fermeture des voies sur berges'],
      [44, 'action', 'Ville', 'Liste reçue : trois équipements à fermer', { fait: 2 }],
    ],
    taches: [['ville', 'equipements']],
  },
];

const cleDe = (...parts: (string | number)[]): string => {
  const h = createHash('sha256').update(parts.join('|')).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
};

/** Nothing for a contract without crises. Returns how many rooms. */
export async function genererCrisesDemo(
  tx: Db,
  cat: Catalogue,
  d: {
    contratId: number;
    dossier: string;
    aujourdhui: string;
    personas: readonly { nom: string; organisation: string; mandats: readonly { territoire?: string | undefined }[] }[];
  },
): Promise<number> {
  const cadre = await getCadre(d.dossier);
  if (!cadre) return 0;
  const lieu = d.personas.flatMap((p) => p.mandats.map((m) => m.territoire)).find((t) => t !== undefined) ?? cat.racine.id;
  const auteur = d.personas.find((p) => p.organisation === cadre.scop.acteur) ?? { nom: 'Une opératrice', organisation: cadre.scop.acteur };
  let n = 0;
  for (const s of SCENES) {
    const type = cadre.types.find((t) => t.code === s.type);
    const debut = instantDe(plusJours(d.aujourdhui, -s.joursAvant), s.heure);
    if (!type || !debut) continue;
    const territoireId = s.exercice ? cat.racine.id : lieu;
    const a = (minutes: number) => new Date(debut.getTime() + minutes * 60_000);
    const id = await addCrise(
      tx,
      d.contratId,
      { type: s.type, titre: s.titre, territoireId, lieu: s.lieu, fiche: cadre.fiche, exercice: s.exercice, commandement: type.commande },
      { id: cleDe(d.contratId, s.graine, 'par'), quand: debut },
    );
    for (const [organisationId, entite] of s.acteurs)
      if (cat.acteurs.has(organisationId) && cadre.entites.some((e) => e.code === entite))
        await addActeur(tx, d.contratId, id, { organisationId, territoireId, entite }, { nom: auteur.nom, quand: debut });
    await ecrireEntrees(
      tx,
      id,
      s.lignes.map(([minute, classe, source, contenu, plus = {}], i) => ({
        cle: cleDe(d.contratId, s.graine, i),
        poste: plus.horsLigne ? 'demo-hors-ligne' : 'demo',
        ordre: i + 1,
        arriveLe: a(plus.horsLigne ?? minute),
        survenuLe: a(minute),
        saisiLe: a(minute),
        ecartMs: 0,
        source,
        canal: 'salle',
        vers: '',
        contenu,
        classe,
        decideur: '',
        duLe: plus.pour === undefined ? null : a(plus.pour),
        renvoiGenre: plus.fait ? 'fait' : plus.corrige ? 'correction' : null,
        renvoi: plus.fait ?? plus.corrige ?? null,
        auteur: auteur.nom,
        auteurId: null,
        organisationId: auteur.organisation,
        confirme: [],
        automatique: i === 0,
      })),
    );
    for (const [entite, tache] of s.taches)
      await setTache(tx, d.contratId, id, { entite, tache, faiteLe: a(15), par: auteur.nom, organisationId: auteur.organisation, numero: 1 });
    const fin = a((s.lignes.at(-1)?.[0] ?? 0) + 20);
    if (!s.exercice) await setEtat(tx, d.contratId, id, 'close', fin);
    n++;
  }
  return n;
}
