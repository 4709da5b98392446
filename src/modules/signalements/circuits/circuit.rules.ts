/** What a circuit says that its contract, or itself, does not hold: each fault a sentence. Pure. */
import { z } from 'zod';
import type { ContratLu } from '../../../core/module.ts';
import { type Circuit, type CircuitLu, estMuet, INITIAL } from './circuit.schema.ts';
import { type CodeEtat, ETATS, estClos, etatDe } from './etats.ts';

type Contrat = Pick<ContratLu, 'acteurs' | 'fiches' | 'territoires'> & Readonly<Record<'canaux' | 'registres' | 'roles', readonly string[]>>;

const inconnus = (dits: readonly string[], connus: { has(x: string): boolean }, quoi: string): string[] =>
  dits.filter((d) => !connus.has(d)).map((d) => `${quoi} : « ${d} » inconnu`);
const doubles = (codes: readonly string[], quoi: string): string[] =>
  [...new Set(codes.filter((c, i) => codes.indexOf(c) !== i))].map((c) => `${quoi} : « ${c} » est là deux fois`);

/** Every state leads to an end, and can be reached: nobody waits for ever, nothing is written for nothing. */
function fautesDesEtats(c: CircuitLu): string[] {
  const codes = Object.keys(c.etats) as CodeEtat[];
  const fautes: string[] = [];
  const la = new Set<string>(codes);
  if (!la.has(INITIAL)) return [`etats : « ${INITIAL} » manque, tout commence par lui`];
  for (const code of codes) {
    const e = c.etats[code];
    if (!e) continue;
    fautes.push(...inconnus(e.vers, la, `etats.${code}, vers`));
    if (!estClos(code) && e.vers.length === 0) fautes.push(`etats.${code} : rien n’en sort`);
    if (!estClos(code) && e.delai === undefined) fautes.push(`etats.${code} : un délai est attendu, ce qui n’en a pas s’oublie`);
    if (estClos(code) && e.delai !== undefined) fautes.push(`etats.${code} : un état qui clôt n’a pas de délai`);
    if (ETATS[code].attend === 'declarant' && !(e.vers.includes('resolu') && e.vers.includes('non-resolu') && e.vers.includes('sans-retour')))
      fautes.push(`etats.${code} : le déclarant doit pouvoir dire « resolu » ou « non-resolu », et son silence mener à « sans-retour »`);
  }
  const atteints = new Set<string>([INITIAL]);
  for (let n = 0; n !== atteints.size; ) {
    n = atteints.size;
    for (const code of codes) if (atteints.has(code)) for (const v of c.etats[code]?.vers ?? []) atteints.add(v);
  }
  for (const code of codes) if (!atteints.has(code)) fautes.push(`etats.${code} : rien n’y mène`);
  const finissent = new Set<string>(codes.filter(estClos));
  for (let n = -1; n !== finissent.size; ) {
    n = finissent.size;
    for (const code of codes) if (c.etats[code]?.vers.some((v) => finissent.has(v))) finissent.add(code);
  }
  for (const code of codes) if (!finissent.has(code)) fautes.push(`etats.${code} : il ne mène à aucune fin`);
  if (la.has('hors-competence') && c.ailleurs.length === 0) fautes.push('ailleurs : « hors-competence » doit dire à qui s’adresser');
  return fautes;
}

/** Without words, nothing may bring some in, and nobody reads it but those it concerns. */
function fautesDuMuet(c: CircuitLu): string[] {
  if (!estMuet(c)) return c.lieu === 'aucun' ? ['lieu : seul un circuit sans « texte » se passe de lieu'] : [];
  const mots = c.categories.flatMap((k) => k.questions.filter((q) => q.type === 'texte').map((q) => `categories.${k.code}, questions.${q.code}`));
  return [
    ...mots.map((q) => `${q} : un circuit sans « texte » ne pose que des questions fermées`),
    ...(c.lieu === 'point' ? ['lieu : un circuit sans « texte » ne demande aucune adresse'] : []),
    ...(c.declarants.public || c.fichier || c.courriel || c.open311 ? ['texte : un circuit public, par fichier ou par courriel reçoit des mots'] : []),
    ...(c.lecture === 'partenaires' ? ['lecture : un circuit sans « texte » est réservé aux services'] : []),
    ...(c.modeles.length > 0 ? ['modeles : un circuit sans « texte » n’a pas de réponse type'] : []),
  ];
}

function fautesDuRoutage(c: CircuitLu, contrat: Contrat): string[] {
  const categories = new Set(c.categories.map((x) => x.code));
  const services = new Set(c.services);
  const fautes = c.routage.flatMap((r, i) => {
    const ici = `routage, règle ${i + 1}`;
    const question = r.si && c.categories.flatMap((x) => x.questions).find((q) => q.code === r.si?.question);
    return [
      ...inconnus(r.categories ?? [], categories, ici),
      ...inconnus(r.territoires ?? [], contrat.territoires, ici),
      ...inconnus([typeof r.service === 'string' ? r.service : r.service.sinon], services, `${ici}, services du circuit`),
      ...(typeof r.service === 'string' ? [] : inconnus([r.service.role], new Set(contrat.roles), `${ici}, rôles de référents`)),
      ...(r.si && !(question && (question.type === 'choix' || question.type === 'plusieurs'))
        ? [`${ici} : « ${r.si.question} » n’est pas une question à choix`]
        : []),
      ...(r.si && question && 'options' in question ? inconnus(r.si.dans, new Set(question.options.map((o) => o.code)), `${ici}, réponse`) : []),
    ];
  });
  const derniere = c.routage.at(-1);
  if (derniere && Object.keys(derniere).some((k) => k !== 'service')) fautes.push('routage : la dernière règle vaut pour tout, sans condition');
  return fautes;
}

export function verifierCircuit(c: Circuit, contrat: Contrat): string[] {
  const acteurs = contrat.acteurs;
  return [
    ...inconnus([c.pilote], acteurs, 'pilote'),
    ...inconnus(c.services, acteurs, 'services'),
    ...inconnus(c.declarants.acteurs, acteurs, 'declarants'),
    ...inconnus(c.fiches, contrat.fiches, 'fiches'),
    ...inconnus(c.canaux, new Set(contrat.canaux), 'canaux'),
    ...(c.declarants.public || c.declarants.partenaires || c.declarants.acteurs.length > 0 || c.declarants.types.length > 0
      ? []
      : ['declarants : personne ne pourrait rien signaler']),
    ...(c.courriel
      ? [
          ...inconnus([c.courriel.canal], new Set(c.canaux), 'courriel, canaux du circuit'),
          ...inconnus([c.courriel.categorie], new Set(c.categories.map((x) => x.code)), 'courriel, categories'),
          ...(c.declarants.public ? [] : ['courriel : quiconque peut écrire, le circuit doit être public']),
        ]
      : []),
    ...(c.open311 && !(c.declarants.public && c.lecture === 'partenaires')
      ? ['open311 : seul un circuit public, lu par tous les partenaires, s’ouvre à d’autres programmes']
      : []),
    ...doubles(
      c.categories.map((x) => x.code),
      'categories',
    ),
    ...c.categories.flatMap((x) => [
      ...doubles(
        x.questions.map((q) => q.code),
        `categories.${x.code}, questions`,
      ),
      ...(x.produit ? inconnus([x.produit.registre], new Set(contrat.registres), `categories.${x.code}, produit`) : []),
    ]),
    ...doubles(
      c.modeles.map((x) => x.code),
      'modeles',
    ),
    ...c.modeles.flatMap((m) => inconnus(m.etats, new Set(Object.keys(c.etats)), `modeles.${m.code}`)),
    ...fautesDesEtats(c),
    ...fautesDuMuet(c),
    ...fautesDuRoutage(c, contrat),
  ];
}

/** In the words of the circuit. */
export const libelleDEtat = (c: Circuit | undefined, code: string): string => c?.etats[code as CodeEtat]?.libelle ?? etatDe(code).libelle;
export const ditDEtat = (c: Circuit | undefined, code: string): string => c?.etats[code as CodeEtat]?.dit ?? etatDe(code).dit;
export const categorieDe = (c: Circuit, code: string) => c.categories.find((x) => x.code === code);

/** Answers that the contract's measures count and that no circuit asks for. */
export function verifierReponsesComptees(comptees: readonly { code: string }[], circuits: readonly Circuit[]): string[] {
  const dites = new Set(
    circuits.flatMap((c) => c.categories.flatMap((k) => k.questions.flatMap((q) => ('options' in q ? q.options.map((o) => `${q.code}-${o.code}`) : [])))),
  );
  return comptees
    .filter((r) => !dites.has(r.code))
    .map((r) => `listes.yaml, reponses-comptees : « ${r.code} » n’est la réponse (question-réponse) d’aucun circuit`);
}

/** Figures that a circuit gives by itself: it has that step, and who pilots it owes them. */
export function verifierChiffresDesCircuits(mesures: ContratLu['mesures'], circuits: readonly Circuit[]): string[] {
  return [...mesures].flatMap(([id, m]) => {
    const dit = m.prevu?.circuit;
    if (!dit) return [];
    const ici = `mesure ${id}, prevu.circuit`;
    const c = circuits.find((x) => x.code === dit.code);
    if (!c) return [`${ici} : « ${dit.code} » n’est pas un circuit`];
    const [etat = '', service] = dit.etape.split(':');
    return [
      ...(Object.hasOwn(c.etats, etat) ? [] : [`${ici}, etape : « ${etat} » n’est pas une étape de ${c.code}`]),
      ...(service === undefined || c.services.includes(service) ? [] : [`${ici}, etape : « ${service} » n’est pas un service de ${c.code}`]),
      ...(dit.debiteur === c.pilote && m.aupres.includes(dit.debiteur)
        ? []
        : [`${ici}, debiteur : « ${dit.debiteur} » ne pilote pas ${c.code}, ou ne doit pas ce chiffre`]),
    ];
  });
}

/** Of the page that says who receives what, which sends people to the forms: all that is read of it here. */
export const formulairesSchema = z.looseObject({
  signaler: z.array(z.looseObject({ liens: z.array(z.looseObject({ adresse: z.string() })).default([]) })).default([]),
});
/** Pages of this module under the same address that are no form. */
const SANS_FORMULAIRE: readonly string[] = ['bilan', 'quartiers'];
/** Forms that this page names and that are open to nobody, and those open to everyone that it forgets. */
export function verifierFormulaires(dits: z.output<typeof formulairesSchema>['signaler'], circuits: readonly Circuit[]): string[] {
  if (dits.length === 0) return [];
  const publics = circuits.filter((c) => c.declarants.public).map((c) => c.code);
  const nommes = dits.flatMap((d) => d.liens.flatMap((l) => /^\/signaler\/([a-z0-9-]+)$/.exec(l.adresse)?.[1] ?? []));
  return [
    ...nommes
      .filter((f) => !publics.includes(f) && !SANS_FORMULAIRE.includes(f))
      .map((f) => `secours/numeros.yaml, signaler : « ${f} » n’est pas un circuit ouvert à tous`),
    ...publics.filter((c) => !nommes.includes(c)).map((c) => `secours/numeros.yaml, signaler : aucun lien ne mène au circuit « ${c} », qui est ouvert à tous`),
  ];
}
