/** The demonstration's draw: which bodies, who sits in them, on which days they met. Pure and reproducible: a seed decides. */
import type { Catalogue, Territoire, TypeInstance } from '../../contrats/index.ts';
import type { Persona, Profils } from '../../../core/module.ts';
import { hasard, parmi, uuidDe } from '../../../core/tirage.ts';
import { ajouterMois, plusJours } from '../../echeances/index.ts';
import { creationDe, siegesDe, territoiresPrevus } from '../instance/types.rules.ts';
import type { Qualite } from '../instances.rules.ts';

export interface OptionsDemo {
  annees: readonly number[];
  graine: number;
  /** Today: what is held is before, what is convoked after. */
  jusquau: string;
  personas: readonly Persona[];
  profils: Profils;
}
interface SiegeDemo {
  id: string;
  qualite: Qualite;
  fonction: string;
  organisation_id: string;
  role_referents: string;
  nom: string;
  courriel: string;
  ordre: number;
}
export interface InstanceDemo {
  id: string;
  type: TypeInstance;
  nom: string;
  territoire: Territoire;
  /** Day it began. */
  debut: string;
  sieges: SiegeDemo[];
  /** Days it met, in order. */
  jours: string[];
  /** In the place of one of the demonstration's coordonnateurs. */
  vitrine: boolean;
}

/** Nobody meets on a Saturday, a Sunday or in August. */
export function ouvrable(jour: string): string {
  const j = jour.slice(5, 7) === '08' ? `${jour.slice(0, 4)}-09-${String(2 + (Number(jour.slice(8)) % 25)).padStart(2, '0')}` : jour;
  const semaine = new Date(`${j}T12:00:00Z`).getUTCDay();
  return semaine === 0 ? plusJours(j, 1) : semaine === 6 ? plusJours(j, 2) : j;
}

/** Who sits where: a role of the demonstration's people, and the seat it takes in central bodies or in those of its place. */
const PLACES: Record<string, { qualite: Qualite; central: boolean }> = {
  coordination: { qualite: 'secretaire', central: true },
  signataire: { qualite: 'president', central: true },
  coordonnateur: { qualite: 'secretaire', central: false },
  elu: { qualite: 'president', central: false },
};

/** Is one of the two organisations the other, or above it? */
function sontParentes(c: Catalogue, a: string, b: string): boolean {
  const ascendants = (id: string): string[] => {
    const chaine: string[] = [];
    for (let x: string | undefined = id; x !== undefined && !chaine.includes(x); x = c.acteurs.get(x)?.parent) chaine.push(x);
    return chaine;
  };
  return ascendants(a).includes(b) || ascendants(b).includes(a);
}

function asseoir(c: Catalogue, territoire: string, sieges: readonly SiegeDemo[], o: OptionsDemo): void {
  for (const p of o.personas)
    for (const m of p.mandats) {
      const place = PLACES[m.role];
      const ici = place?.central ? territoire === c.racine.id : m.territoire !== undefined && c.descendants(m.territoire).includes(territoire);
      if (!place || !ici) continue;
      const siege = sieges.find((s) => s.qualite === place.qualite && s.nom === '' && sontParentes(c, s.organisation_id, p.organisation));
      if (siege) Object.assign(siege, { nom: p.nom, courriel: p.courriel.toLowerCase() });
    }
}

/** Places whose coordonnateur is among the demonstration's people: they always have something to show. */
const vitrines = (o: OptionsDemo): string[] =>
  o.personas.flatMap((p) => p.mandats.flatMap((m) => (m.role === 'coordonnateur' && m.territoire ? [m.territoire] : [])));

/** Kinds that people create where they need them: in a few places, down to one of their finest territories. */
function lieuxDe(c: Catalogue, t: TypeInstance, o: OptionsDemo): readonly Territoire[] {
  if (t.creation === 'demande' || t.territoires !== 'libre') return territoiresPrevus(c, t);
  if (t.echelon !== 'mairie' && t.echelon !== 'quartier') return [];
  const retenus = c.enfants(c.racine.id).filter((x) => vitrines(o).includes(x.id) || hasard(o.graine, t.id, x.id, 'libre') < 0.3);
  if (t.echelon === 'mairie') return retenus;
  return retenus.flatMap((x) => {
    const feuilles = c.descendants(x.id).filter((d) => c.enfants(d).length === 0);
    return c.territoires.get(parmi(feuilles, o.graine, t.id, x.id, 'lieu') ?? '') ?? [];
  });
}

/** Within the cadence where there is one; otherwise two to six months apart, a rhythm of its own for each kind. */
function tirerJours(t: TypeInstance, debut: string, cle: string, o: OptionsDemo): string[] {
  const pas = t.cadence.mois ? t.cadence.mois * 30 : 60 + 120 * hasard(o.graine, t.id, 'rythme');
  const premier = `${o.annees[0] ?? debut.slice(0, 4)}-01-08`;
  const jours: string[] = [];
  let j = plusJours(debut > premier ? debut : premier, Math.floor(pas * (0.1 + 0.8 * hasard(cle, 'premier'))));
  for (let n = 0; j <= o.jusquau; n++) {
    const tenu = ouvrable(j);
    if (tenu <= o.jusquau && !jours.includes(tenu)) jours.push(tenu);
    const ecart = t.cadence.mois ? 0.86 + 0.1 * hasard(cle, n) : 0.75 + 0.5 * hasard(cle, n);
    j = plusJours(j, Math.max(7, Math.round(pas * ecart)));
  }
  return jours.sort();
}

const EN_RETARD = 3;
/** Some are late, so that reminders have something to say; where a coordonnateur shows the way, the yearly plenary is nearly due. */
function mettreEnRetard(c: Catalogue, instances: readonly InstanceDemo[], o: OptionsDemo): void {
  const places = c.enfants(c.racine.id).map((t) => t.id);
  const suivies = instances.filter((i) => i.type.cadence.mois !== undefined && places.includes(i.territoire.id));
  const tardives = suivies
    .filter((i) => !i.vitrine)
    .sort((a, b) => hasard(o.graine, a.id, 'retard') - hasard(o.graine, b.id, 'retard'))
    .slice(0, EN_RETARD);
  for (const i of tardives) {
    const limite = plusJours(ajouterMois(o.jusquau, -(i.type.cadence.mois ?? 1)), -40);
    i.jours = i.jours.filter((j) => j < limite);
  }
  const annuelle = suivies.find((i) => i.vitrine && i.type.vote);
  if (!annuelle) return;
  const mois = annuelle.type.cadence.mois ?? 12;
  annuelle.jours = [];
  for (let j = plusJours(ajouterMois(o.jusquau, 1 - mois), -6); j >= annuelle.debut; j = ajouterMois(j, -mois)) annuelle.jours.unshift(ouvrable(j));
}

/** Its usual hour, among those of the contract's demonstration. */
export const heureDe = (i: InstanceDemo, heures: readonly string[], graine: number): string => parmi(heures, graine, i.id, 'heure') ?? '10:00';

export function tirerInstances(c: Catalogue, o: OptionsDemo): InstanceDemo[] {
  const enVue = new Set(vitrines(o).flatMap((v) => c.descendants(v)));
  const instances = [...c.typesInstance.values()].flatMap((t) =>
    lieuxDe(c, t, o).map((territoire): InstanceDemo => {
      const cle = `${c.slug}/${o.graine}/${t.id}/${territoire.id}`;
      const sieges = siegesDe(t).map(
        (s, ordre): SiegeDemo => ({
          id: uuidDe(cle, 'siege', ordre),
          qualite: s.qualite,
          fonction: s.fonction,
          organisation_id: s.organisationId,
          role_referents: s.roleReferents,
          nom: '',
          courriel: '',
          ordre,
        }),
      );
      asseoir(c, territoire.id, sieges, o);
      const debut = t.territoires === 'libre' ? plusJours(c.contrat.debut, Math.floor(900 * hasard(cle, 'debut'))) : c.contrat.debut;
      const jours = tirerJours(t, debut, cle, o);
      return { id: uuidDe(cle), type: t, nom: creationDe(c, t, territoire).nom, territoire, debut, sieges, jours, vitrine: enVue.has(territoire.id) };
    }),
  );
  mettreEnRetard(c, instances, o);
  return instances.filter((i) => i.debut <= o.jusquau);
}

/** A body in view that partners see and that has no fixed cadence: its next session is convoked. */
export const prochaineDe = (instances: readonly InstanceDemo[]): InstanceDemo | undefined =>
  instances.find((i) => i.vitrine && i.type.confidentialite === 'partenaires' && i.type.cadence.mois === undefined);
