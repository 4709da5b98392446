/** What the files of a contract say of each other: every reference must exist, every id must be its own. */
import type { ContratLu, LigneFichier } from './contrats.schema.ts';
import { verifierLexique } from './lexique.rules.ts';
import { verifierQualite } from './qualite.schema.ts';
import { mesuresCitees, typesCites } from './formules.rules.ts';
import { verifierSuivis } from './suivis.rules.ts';

export function verifierReferences(lu: ContratLu): string[] {
  const fautes: string[] = [];
  const acteurs = new Set(lu.acteurs.map((a) => a.id));
  const territoires = new Set(lu.territoires.map((t) => t.id));
  const numeros = new Set(lu.fiches.map((f) => f.numero));
  const mesures = new Set(lu.fiches.flatMap((f) => f.indicateurs.flatMap((i) => i.mesures.map((m) => m.id))));

  const types = new Set(lu.typesInstance.map((t) => t.id));

  uniques(
    lu.acteurs.map((a) => a.id),
    'acteurs.yaml',
    fautes,
  );
  uniques(
    lu.territoires.map((t) => t.id),
    'territoires.yaml',
    fautes,
  );
  uniques(
    lu.systemes.map((s) => s.id),
    'systemes.yaml',
    fautes,
  );
  uniques(
    lu.typesInstance.map((t) => t.id),
    'instances.yaml',
    fautes,
  );
  const objets = lu.fiches.flatMap((f) => [...f.objectifs.map((o) => o.id), ...f.actions.flatMap((a) => [a.id, ...idsDe(a.lignes)])]);
  uniques(objets, 'fiches', fautes);
  uniques(
    lu.fiches.flatMap((f) => f.indicateurs.map((i) => i.id)),
    'fiches, indicateurs',
    fautes,
  );
  uniques(
    lu.fiches.flatMap((f) => f.indicateurs.flatMap((i) => i.mesures.map((m) => m.id))),
    'fiches, mesures',
    fautes,
  );

  for (const a of lu.acteurs) if (a.parent && !acteurs.has(a.parent)) fautes.push(`acteurs.yaml, ${a.id} : parent « ${a.parent} » inconnu`);
  const echelles = new Set(lu.territoires.map((t) => t.type));
  for (const a of lu.acteurs) {
    if (a.territoire && !territoires.has(a.territoire)) fautes.push(`acteurs.yaml, acteur « ${a.id} » : le territoire « ${a.territoire} » n’existe pas.`);
    if (a.local && !echelles.has(a.local.echelle)) fautes.push(`acteurs.yaml, acteur « ${a.id} » : aucun territoire de type « ${a.local.echelle} ».`);
  }
  for (const t of lu.territoires) if (t.parent && !territoires.has(t.parent)) fautes.push(`territoires.yaml, ${t.id} : parent « ${t.parent} » inconnu`);
  const racines = lu.territoires.filter((t) => !t.parent);
  if (racines.length !== 1) fautes.push(`territoires.yaml : un seul territoire sans parent est attendu (il y en a ${racines.length})`);
  for (const s of lu.contrat.signataires) if (!acteurs.has(s.acteur)) fautes.push(`contrat.yaml, signataires : acteur « ${s.acteur} » inconnu`);
  const axes = new Set(lu.contrat.axes.map((a) => a.numero));
  for (const f of lu.fiches) {
    const ici = `fiches/${f.numero}.yaml`;
    if (!axes.has(f.axe)) fautes.push(`${ici}, axe : l’axe ${f.axe} n’existe pas`);
    for (const [champ, ids] of [
      ['pilotes', f.pilotes],
      ['partenaires', f.partenaires],
    ] as const)
      for (const a of ids) if (!acteurs.has(a)) fautes.push(`${ici}, ${champ} : acteur « ${a} » inconnu`);
    for (const m of f.indicateurs.flatMap((i) => i.mesures)) {
      for (const a of m.aupres) if (!acteurs.has(a)) fautes.push(`${ici}, mesure ${m.id}, aupres : acteur « ${a} » inconnu`);
      if (m.grain?.territoires && !echelles.has(m.grain.territoires))
        fautes.push(`${ici}, mesure ${m.id}, grain : aucun territoire de type « ${m.grain.territoires} »`);
      if (m.grain && m.obtention === 'calcul') fautes.push(`${ici}, mesure ${m.id}, grain : une mesure calculée prend le grain de ses registres`);
      for (const v of m.grain?.ventilations ?? [])
        uniques(
          v.valeurs.map((x) => x.code),
          `${ici}, mesure ${m.id}, ventilation ${v.code}`,
          fautes,
        );
      if (m.obtention === 'calcul' && m.calcul === undefined) fautes.push(`${ici}, mesure ${m.id} : une mesure calculée a besoin de « calcul »`);
      for (const cite of mesuresCitees(m.calcul)) if (!mesures.has(cite)) fautes.push(`${ici}, mesure ${m.id}, calcul : mesure « ${cite} » inconnue`);
      for (const cite of typesCites(m.calcul)) if (!types.has(cite)) fautes.push(`${ici}, mesure ${m.id}, calcul : type d’instance « ${cite} » inconnu`);
    }
  }
  fautes.push(...verifierLexique(lu.listes, lu.champs));
  verifierTypesInstance(lu, { acteurs, numeros, fautes });
  verifierMots(lu, { acteurs, territoires, numeros, mesures, fautes });
  for (const s of lu.systemes) for (const f of s.fiches) if (/^\d/.test(f) && !numeros.has(f)) fautes.push(`systemes.yaml, ${s.id} : fiche « ${f} » inconnue`);
  verifierSystemes(lu, { lignes: new Set(objets), types, mesures, fautes });
  fautes.push(
    ...verifierQualite(
      lu.regles,
      lu.fiches.flatMap((f) => f.indicateurs.flatMap((i) => i.mesures)),
    ),
  );
  fautes.push(...verifierSuivis(lu));
  return fautes;
}

function verifierSystemes(lu: ContratLu, o: { lignes: ReadonlySet<string>; types: ReadonlySet<string>; mesures: ReadonlySet<string>; fautes: string[] }): void {
  for (const s of lu.systemes) {
    for (const l of s.lignes) if (!o.lignes.has(l)) o.fautes.push(`systemes.yaml, ${s.id}, lignes : ligne « ${l} » inconnue`);
    for (const [rang, e] of (s.exige ?? []).entries()) {
      const ici = `systemes.yaml, ${s.id}, exige[${rang}]`;
      if (e.instance !== undefined && !o.types.has(e.instance)) o.fautes.push(`${ici}, instance : type d’instance « ${e.instance} » inconnu`);
      for (const m of e.mesures ?? []) if (!o.mesures.has(m)) o.fautes.push(`${ici}, mesures : mesure « ${m} » inconnue`);
    }
  }
}

function verifierTypesInstance(lu: ContratLu, o: { acteurs: ReadonlySet<string>; numeros: ReadonlySet<string>; fautes: string[] }): void {
  const systemes = new Set(lu.systemes.map((s) => s.id));
  for (const t of lu.typesInstance) {
    const ici = `instances.yaml, ${t.id}`;
    if (!systemes.has(t.systeme)) o.fautes.push(`${ici}, systeme : dispositif « ${t.systeme} » inconnu`);
    for (const f of t.fiches) if (!o.numeros.has(f)) o.fautes.push(`${ici}, fiches : fiche « ${f} » inconnue`);
    for (const [champ, ids] of [
      ['porteur', [t.porteur]],
      ['presidence', t.presidence.map((p) => p.acteur)],
      ['composition', t.composition.map((p) => p.acteur)],
    ] as const)
      for (const a of ids) if (!o.acteurs.has(a)) o.fautes.push(`${ici}, ${champ} : acteur « ${a} » inconnu`);
  }
}

function verifierMots(lu: ContratLu, o: Readonly<Record<'acteurs' | 'territoires' | 'numeros' | 'mesures', ReadonlySet<string>>> & { fautes: string[] }): void {
  uniques(
    lu.glossaire.map((t) => t.terme),
    'glossaire.yaml',
    o.fautes,
  );
  for (const t of lu.glossaire) {
    if (t.acteur && !o.acteurs.has(t.acteur)) o.fautes.push(`glossaire.yaml, ${t.terme}, acteur : acteur « ${t.acteur} » inconnu`);
    for (const f of t.ailleurs.flatMap((a) => a.fiches)) if (!o.numeros.has(f)) o.fautes.push(`glossaire.yaml, ${t.terme}, ailleurs : fiche « ${f} » inconnue`);
  }
  uniques(
    lu.recherche.appels.map((a) => a.id),
    'recherche.yaml, appels',
    o.fautes,
  );
  const connus: Readonly<Record<string, ReadonlySet<string>>> = {
    fiche: o.numeros,
    mesure: o.mesures,
    acteur: o.acteurs,
    territoire: o.territoires,
    systeme: new Set(lu.systemes.map((s) => s.id)),
    axe: new Set(lu.contrat.axes.map((a) => String(a.numero))),
  };
  for (const [rang, r] of lu.recherche.reponses.entries())
    for (const v of r.vers) {
      const [genre = '', id = ''] = v.split(' ');
      if (!connus[genre]?.has(id)) o.fautes.push(`recherche.yaml, reponses[${rang}], vers : « ${v} » n’existe pas dans le contrat`);
    }
  for (const [rang, l] of lu.recherche.lieux.entries())
    for (const t of l.territoires) if (!o.territoires.has(t)) o.fautes.push(`recherche.yaml, lieux[${rang}], territoires : territoire « ${t} » inconnu`);
}

const idsDe = (lignes: readonly LigneFichier[]): string[] => lignes.flatMap((l) => [l.id, ...idsDe(l.lignes ?? [])]);

function uniques(ids: readonly string[], ou: string, fautes: string[]): void {
  const vus = new Set<string>();
  for (const id of ids) {
    if (vus.has(id)) fautes.push(`${ou} : l’identifiant « ${id} » sert deux fois`);
    vus.add(id);
  }
}
