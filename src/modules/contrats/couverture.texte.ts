/** The coverage in words: for the terminal, and as docs/couverture.md (`concorde couverture --sortie`, compared by a test). */
import { direModule, type Service as Servi } from '../../core/capacites.ts';
import type { House } from '../../core/module.ts';
import { pluriel } from '../../ui/typographie.ts';
import type { Catalogue } from './catalogue.ts';
import { type Couverture, type MotsDeLangue, couvrir, direService, type EtatSysteme, servicesDe } from './couverture.rules.ts';

const MOTS: Readonly<Record<EtatSysteme, string>> = {
  servi: 'servi',
  partiel: 'servi en partie',
  prevu: 'prévu',
  hors_perimetre: 'hors périmètre',
  non_servi: 'sans réponse',
};

export function direCouverture(c: Couverture): string[] {
  const { total, servis, partiels, prevus, horsPerimetre, nonServis } = c.systemes;
  return [
    `${c.fiches} fiches, ${c.lignes} lignes d’action, ${c.indicateurs} indicateurs`,
    `${c.mesures.total} mesures : ${c.mesures.calcul} calculées, ${c.mesures.collecte} collectées, ${c.mesures.narratif} récits, ${c.mesures.enquete} enquêtes`,
    `${total} dispositifs : ${servis} servis, ${partiels} servis en partie, ${prevus} prévus, ${horsPerimetre} hors périmètre, ${nonServis} sans réponse`,
  ];
}

/** Of the public form: what it says in French only. Nothing where the contract speaks no other language. */
export function direLesLangues(langues: readonly MotsDeLangue[]): string[] {
  if (langues.length === 0) return [];
  const compter = (combien: (l: MotsDeLangue) => number, un: string, plusieurs: string): string[] => {
    const siens = langues.filter((l) => combien(l) > 0);
    const total = siens.reduce((n, l) => n + combien(l), 0);
    return total === 0 ? [] : [`${pluriel(total, un, plusieurs)} (${siens.map((l) => `${l.langue} ${combien(l)}`).join(', ')})`];
  };
  const dits = [
    ...compter((l) => l.manquants, 'mot à traduire', 'mots à traduire'),
    ...compter((l) => l.inutiles, 'traduction sans usage', 'traductions sans usage'),
  ];
  return [`${pluriel(langues.length, 'langue')} du formulaire public : ${dits.length === 0 ? 'tout est traduit' : dits.join(', ')}`];
}

const lignesDe = (catalogue: Catalogue, servi: Servi) =>
  [...catalogue.systemes.values()].map((s) => {
    const v = servicesDe(catalogue, s, servi);
    return { s, etat: MOTS[v.etat], dit: s.hors_perimetre ?? direService(v), attendus: v.attendus.map(direModule) };
  });

export const detaillerCouverture = (catalogue: Catalogue, servi: Servi): string[] =>
  lignesDe(catalogue, servi).map(({ s, etat, dit, attendus }) => {
    const de = attendus.length > 0 ? ` (attendu de : ${attendus.join(', ')})` : '';
    return `  ${s.id.padEnd(11)} ${etat.padEnd(15)} ${s.nom} : ${dit}${de}`;
  });

export function couvertureEnMarkdown(catalogue: Catalogue, house: Pick<House, 'voies'>, servi: Servi): string {
  const cellule = (t: string) => t.replaceAll('|', '\\|');
  return `${[
    '# Couverture',
    '',
    'Ce que chaque dispositif du contrat demande, et ce qui lui manque encore. Calculé depuis `systemes.yaml`, les manifestes et les fiches en ligne de l’annuaire :',
    '`npm run -s concorde -- couverture --sortie docs/couverture.md`.',
    '',
    ...direCouverture(couvrir(catalogue, house, servi)).map((l) => `- ${l}`),
    '',
    '| dispositif | état | demandé et présent | attendu de |',
    '| --- | --- | --- | --- |',
    ...lignesDe(catalogue, servi).map(({ s, etat, dit, attendus }) => `| ${s.id} ${cellule(s.nom)} | ${etat} | ${cellule(dit)} | ${attendus.join(', ')} |`),
  ].join('\n')}\n`;
}
