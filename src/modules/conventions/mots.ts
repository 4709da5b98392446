/** What pages, letters and files say of an act. */
import { accorder, enumerer, jour, jourDuMoment, nombre, pluriel } from '../../ui/typographie.ts';
import type { Ton } from '../../ui/Tag.tsx';
import type { Catalogue } from '../contrats/index.ts';
import type { Acte, MotDeSignature, Partie } from './conventions.queries.ts';
import { DIT_AUTREMENT, type Dit, type Genre, type ParoleDite } from './paroles.queries.ts';
import type { EtatDeParole } from './paroles.rules.ts';
import { effetDe, enSaison, type Etat, ETATS, etatDe, seSigne, sOuvre, termeDe } from './conventions.rules.ts';

export const TONS: Readonly<Record<Etat, Ton>> = {
  'sans-texte': 'garance',
  negociation: 'neutre',
  partielle: 'laiton',
  ravisee: 'garance',
  contestee: 'garance',
  signee: 'bleu',
  vigueur: 'vert',
  'a-renouveler': 'laiton',
  echue: 'garance',
  denoncee: 'neutre',
  remplacee: 'neutre',
  quittee: 'neutre',
};
/** Ends what is said of it: « échu », « échue ». */
const e = (a: Pick<Acte, 'nature'>): string => (a.nature === 'convention' || a.nature === 'charte' ? 'e' : '');
const il = (a: Pick<Acte, 'nature'>): string => (e(a) ? 'elle' : 'il');
/** An order is abrogated, what is signed is denounced. */
const denonce = (a: Pick<Acte, 'nature'>): string => (a.nature === 'arrete' ? 'abrogé' : `dénoncé${e(a)}`);
/** On the tag: the words of the state for this nature. */
export function direEtat(a: Acte, aujourdhui: string): string {
  const etat = etatDe(a, aujourdhui);
  if (etat === 'negociation' && !seSigne(a.nature)) return 'en préparation';
  if (etat === 'partielle') return `signé${e(a)} par ${nombre(a.signees)} sur ${nombre(a.parties)}`;
  if (etat === 'vigueur' && !enSaison(a, aujourdhui)) return 'en vigueur, hors saison';
  if (etat === 'denoncee') return denonce(a);
  return etat === 'echue' || etat === 'remplacee' ? `${ETATS[etat]}${e(a)}` : ETATS[etat];
}
const reprises = (a: Pick<Acte, 'ravisees'>): string =>
  `${pluriel(a.ravisees, 'partie a repris', 'parties ont repris')} ${accorder(a.ravisees, 'sa', 'leur')} signature`;
/** The whole of it, in a sentence. */
export function expliquerEtat(a: Acte, aujourdhui: string): string {
  const t = termeDe(a, aujourdhui);
  const effet = effetDe(a);
  // Of a charter that everybody left and somebody signed again: since then.
  const debut = [effet, sOuvre(a.nature) ? a.reprise : null]
    .filter((x) => x !== null)
    .sort()
    .at(-1);
  const depuis = effet && debut && effet <= aujourdhui ? `en vigueur depuis le ${jour(debut)}` : '';
  switch (etatDe(a, aujourdhui)) {
    case 'sans-texte':
      return 'Le texte n’a jamais été déposé : rien ne montre ici ce qui a été signé.';
    case 'negociation':
      if (a.suspendues > 0) return 'Aucune signature ne compte encore.';
      return seSigne(a.nature) ? 'Aucune signature n’est notée.' : 'L’arrêté n’a pas encore de texte, ou pas de date d’effet.';
    case 'partielle':
      return `${pluriel(a.parties - a.signees - a.ravisees, 'signature manque', 'signatures manquent')} encore${a.ravisees > 0 ? ` ; ${reprises(a)}` : ''}.`;
    case 'ravisee':
      return `${reprises(a).replace(/^./, (x) => x.toUpperCase())} : aucune autre n’est attendue, et l’acte n’est pas en vigueur.`;
    case 'contestee':
      return `${pluriel(a.contestees, 'signature est contestée', 'signatures sont contestées')} par la partie nommée : l’acte n’est pas dit en vigueur tant que ce n’est pas réglé.`;
    case 'signee':
      return seSigne(a.nature) ? `Signé${e(a)}, ${il(a)} prend effet le ${jour(effet ?? '')}.` : `Il prend effet le ${jour(effet ?? '')}.`;
    case 'vigueur':
      return [
        depuis,
        a.denonceeLe ? `${denonce(a)}, ${il(a)} cesse le ${jour(a.denonceeLe)}` : t ? `jusqu’au ${jour(t.fin)}` : 'sans terme',
        sOuvre(a.nature) ? pluriel(a.signees, 'signataire') : '',
        enSaison(a, aujourdhui) ? '' : 'hors saison aujourd’hui',
      ]
        .filter((x) => x !== '')
        .join(', ')
        .replace(/^e/, 'E')
        .concat('.');
    case 'a-renouveler':
      if (!t) return '';
      if (a.reconductionMois) return `Se reconduit le ${jour(t.fin)} pour ${a.reconductionMois} mois, sauf dénonciation au plus tard le ${jour(t.limite)}.`;
      return t.limite < aujourdhui
        ? `Finit le ${jour(t.fin)} ; il fallait agir avant le ${jour(t.limite)}.`
        : `Finit le ${jour(t.fin)} ; à renouveler au plus tard le ${jour(t.limite)}.`;
    case 'echue':
      return `Échu${e(a)} depuis le ${jour(t?.fin ?? aujourdhui)}.`;
    case 'denoncee':
      return `${denonce(a).replace(/^./, (x) => x.toUpperCase())} : ${il(a)} a cessé le ${jour(a.denonceeLe ?? aujourdhui)}.`;
    case 'remplacee':
      return `Remplacé${e(a)} depuis le ${jour(a.remplaceeLe ?? aujourdhui)}.`;
    case 'quittee':
      return `Tous ses signataires se sont retirés, le dernier le ${jour(a.dernierRetrait ?? aujourdhui)} : la charte ne lie plus personne.`;
  }
}
/** What does not rest on the word of the party itself: said beside the state, which counts it all the same. */
export const direAConfirmer = (a: Pick<Acte, 'aConfirmer' | 'suspendues'>): string =>
  [
    a.aConfirmer > 0 &&
      `${pluriel(a.aConfirmer, 'signature')} que ${accorder(a.aConfirmer, 'sa', 'leur')} partie n’a pas encore ${accorder(a.aConfirmer, 'confirmée', 'confirmées')}.`,
    a.suspendues > 0 &&
      `${pluriel(a.suspendues, 'signature notée ne compte', 'signatures notées ne comptent')} pas tant que ${accorder(a.suspendues, 'sa partie ne l’a pas confirmée', 'leurs parties ne les ont pas confirmées')}.`,
  ]
    .filter(Boolean)
    .join(' ');
/** Parties of the one that is replaced, which the one that takes its place does not bind: told on both pages. */
export function direAbsentes(remplace: Pick<Acte, 'organisations'>, par: Pick<Acte, 'organisations' | 'porteurId'>, c: Pick<Catalogue, 'nomActeur'>): string {
  const absentes = remplace.organisations.filter((x) => x !== par.porteurId && !par.organisations.includes(x)).map(c.nomActeur);
  return absentes.length > 0 ? `sans ${enumerer(absentes)}, partie${absentes.length > 1 ? 's' : ''} à l’acte remplacé` : '';
}
/** The same on a tag, in lists and in searches: everything of the act that waits for its party. */
export const direAttente = (a: Pick<Acte, 'aConfirmer' | 'suspendues' | 'enAttente'>): string =>
  a.aConfirmer + a.suspendues + a.enAttente > 0 ? `${nombre(a.aConfirmer + a.suspendues + a.enAttente)} à confirmer` : '';
type Nommee = Pick<Partie, 'organisationId' | 'nom'>;
export const nomDePartie = (c: Pick<Catalogue, 'nomActeur'>, x: Nommee): string => (x.organisationId ? c.nomActeur(x.organisationId) : x.nom);
/** Who wrote it: the person and their organisation for partners, the organisation alone for everybody. */
const quiDit = (c: Pick<Catalogue, 'nomActeur'>, par: string, de: string, travail: boolean): string => {
  const organisation = de ? c.nomActeur(de) : '';
  return travail && par ? [par, organisation].filter((x) => x !== '').join(', ') : organisation;
};
/** What is known of a signature, and on whose word. */
export function direSignature(x: Partie, c: Pick<Catalogue, 'nomActeur'>, travail: boolean): string {
  if (x.signeeLe === null && x.raviseeLe !== null && x.retireeLe === null) return `Signature reprise par elle le ${jourDuMoment(x.raviseeLe)}.`;
  if (x.signeeLe === null) return x.retireeLe ? '' : 'Signature attendue.';
  const qui = quiDit(c, x.noteePar, x.noteeDe, travail);
  const note = x.noteeLe && qui ? `, notée par ${qui}, le ${jourDuMoment(x.noteeLe)}` : '';
  const signee = `Signée le ${jour(x.signeeLe)}`;
  const par = x.ditDe ? ` par ${c.nomActeur(x.ditDe)}` : '';
  if (x.etat === 'confirmee')
    return `${signee}, ${x.acte === 'confirmee' ? 'confirmée par elle' : x.acte === 'dates' ? 'confirmée par elle avec ce qui a été corrigé' : 'notée par elle-même'}.`;
  if (x.etat === 'suspendue')
    return `${x.refus === 'retrait' ? `Notée${par} après qu’elle s’est retirée` : `Annulée par elle, puis notée de nouveau${par}`} : une signature du ${jour(x.signeeLe)}, qui ne compte pas sans elle.`;
  if (x.etat === 'contestee' && x.acte !== 'contestee')
    return `Contestée par elle, puis notée de nouveau${par} : une signature du ${jour(x.signeeLe)}, qui ne compte pas sans elle.`;
  if (x.etat === 'contestee')
    return travail ? `Contestée par elle : elle ne reconnaît pas une signature du ${jour(x.signeeLe)}${note}.` : 'Contestée par elle.';
  if (x.acte === 'dates') return `${signee} ; l’acte a été corrigé depuis${par} : à confirmer par elle${x.ditLe ? ` depuis le ${jourDuMoment(x.ditLe)}` : ''}.`;
  return `${signee}${note}${x.organisationId ? `${note ? ' ;' : ','} pas encore confirmée par elle` : ''}.`;
}
const FAITS: Readonly<Record<MotDeSignature['acte'], string>> = {
  notee: 'signature notée',
  confirmee: 'signature confirmée par la partie',
  contestee: 'signature contestée par la partie',
  corrigee: 'signature corrigée',
  dates: 'acte corrigé',
  annulee: 'signature annulée',
};
/** One line of its history. */
export const direMot = (m: MotDeSignature): string =>
  [
    `${FAITS[m.acte]}${m.signeeLe ? `, du ${jour(m.signeeLe)}` : ''}`,
    m.acte === 'corrigee' && m.nomCorrige ? 'nom ou fonction du signataire corrigé' : '',
    m.motif ? `« ${m.motif} »` : '',
  ]
    .filter((x) => x !== '')
    .join(' ; ');
export const direAuteur = (m: MotDeSignature, c: Pick<Catalogue, 'nomActeur'>): string => quiDit(c, m.par, m.organisationId, true);
/** Something that is said in the name of a party, besides its signature. */
export const LIBELLES: Readonly<Record<Genre, string>> = {
  retrait: 'Retrait',
  promesse: 'Engagement',
  tenu: 'Engagement tenu',
  avenant: 'Avenant',
  revue: 'Revue',
  denonciation: 'Dénonciation',
  correction: 'Correction des dates',
};
/** What it does not do as long as the party did not say so. */
export const EFFETS: Readonly<Record<Genre, string>> = {
  retrait: 'Tant qu’elle ne l’a pas confirmé, elle reste partie à l’acte.',
  promesse: 'Tant qu’elle ne l’a pas confirmé, rien n’en est dû.',
  tenu: 'Tant qu’elle ne l’a pas confirmé, l’engagement reste dû.',
  avenant: 'Tant que chaque partie ne l’a pas confirmé, la fin d’avant court.',
  revue: 'Contestée par une partie, la revue ne compte pas ; l’acte n’est dit non renouvelé que si chacune la confirme.',
  denonciation: 'Tant qu’elle ne l’a pas confirmée, l’acte n’est pas dénoncé.',
  correction: 'Tant que chaque partie ne l’a pas confirmé, ce qui a été signé court.',
};
/** Of what is said for the whole act, by who acts in one of its places. */
export const PAS_PARTOUT =
  'Ceci vaut dans tous les lieux de l’acte, et votre mandat n’en couvre qu’une partie : une autre personne de votre organisation le confirme ou le reprend.';
/** An avenant, or a correction, that found other dates than those of the act now. */
export const DEPASSE = 'Les dates de l’acte ont changé depuis cette note : elle ne peut plus compter. Qui tient l’acte la retire, et la demande de nouveau.';
/** « retrait le 3 mars 2026 » */
export function direDit(d: Dit): string {
  const le = d.jour ? jour(d.jour) : '';
  switch (d.genre) {
    case 'retrait':
      return `retrait le ${le}`;
    case 'promesse':
      return `engagement pour le ${le} : « ${d.texte ?? ''} »`;
    case 'tenu':
      return `engagement du ${le} tenu le ${d.faitLe ? jour(d.faitLe) : ''}${d.texte ? ` : « ${d.texte} »` : ''}`;
    case 'avenant':
      return `avenant signé le ${le} : « ${d.texte ?? ''} »`;
    case 'revue':
      return `revue du ${le} : ${d.texte ?? ''}`;
    case 'denonciation':
      return `dénonciation pour le ${le} : « ${d.texte ?? ''} »`;
    case 'correction':
      return `correction : ${d.texte ?? ''}`;
  }
}
/** `debut`: begins a sentence. */
export function direParoleDite(p: ParoleDite, debut = false): string {
  const dit = direDit({ ...p, objet: p.objetId });
  return debut ? dit.replace(/^./, (x) => x.toUpperCase()) : dit;
}
/** Why nothing of a promise is owed, nor will be; null: it is promised, or may yet be. */
export const direPromesse = (etats: readonly EtatDeParole[]): string | null =>
  etats.includes('contestee')
    ? 'rien n’est dû : contesté'
    : etats.includes('annulee')
      ? 'rien n’est dû : note retirée'
      : etats.includes('quittee')
        ? 'rien n’est dû : elle s’est retirée'
        : null;
/** On whose word it rests, and what the party named says of it. */
export function surQuelleParole(p: ParoleDite, c: Pick<Catalogue, 'nomActeur'>, travail: boolean): string {
  const qui = quiDit(c, p.par, p.organisationId, travail);
  const elle = p.de ? c.nomActeur(p.de) : '';
  const note = `${p.delle ? 'Parole' : 'Note'} de ${qui}, le ${jourDuMoment(p.quand)}`;
  const le = jourDuMoment(p.ditLe);
  const niee = `${note} ; contestation de ${elle}, le ${jourDuMoment(p.reponduLe ?? p.ditLe)}`;
  if (p.etat === 'annulee' && p.motif === DIT_AUTREMENT) return `${note} ; dit autrement par ${elle}, le ${le}.`;
  if (p.etat === 'annulee') return `${note}, retirée par ${quiDit(c, p.ditPar, p.ditDe, travail)}, le ${le}.`;
  if (p.etat === 'quittee' && p.refus === 'contestee') return `${niee}, qui s’est retirée depuis.`;
  if (p.etat === 'quittee') return `${note} ; retrait de ${elle} avant sa réponse.`;
  if (p.etat === 'contestee') return `${niee} : ne compte pas.`;
  if (p.delle || elle === '') return `${note}.`;
  return p.etat === 'confirmee' ? `${note} ; confirmation de ${elle}, le ${le}.` : `${note} ; à confirmer par ${elle}.`;
}
export const SEMAINE = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
/** « Les vendredis et samedis, de 21 h à 7 h, du 21 juin au 30 septembre de chaque année ». */
export function direQuand(a: Pick<Acte, 'jours' | 'heureDe' | 'heureA' | 'saisonDe' | 'saisonA'>, direHeure: (h: string) => string): string {
  const jours = a.jours.length > 0 && a.jours.length < 7 ? `les ${enumerer([...a.jours].sort().map((n) => `${SEMAINE[n - 1]}s`))}` : 'tous les jours';
  const heures = a.heureDe ? `de ${direHeure(a.heureDe)} à ${direHeure(a.heureA)}${a.heureA <= a.heureDe ? ' le lendemain' : ''}` : 'à toute heure';
  const saison = a.saisonDe ? `du ${jour(`2024-${a.saisonDe}`, { annee: false })} au ${jour(`2024-${a.saisonA}`, { annee: false })} de chaque année` : '';
  return [jours, heures, saison].filter((x) => x !== '').join(', ');
}
export const direMois = (n: number): string =>
  n % 12 === 0 ? `tous les ${accorder(n / 12, 'an') === 'an' ? 'ans' : `${n / 12} ans`}` : n === 1 ? 'tous les mois' : `tous les ${n} mois`;
