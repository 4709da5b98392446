import { Tag, type Ton } from '../../../ui/Tag.tsx';
import { WarningText } from '../../../ui/WarningText.tsx';
import { motDe } from '../../../ui/types.ts';
import { isoDuMoment, heureDuMoment, jourEtHeure } from '../../../ui/typographie.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';

export const ETATS: Readonly<Record<string, string>> = {
  'a-valider': 'à valider',
  diffusee: 'en cours',
  levee: 'levée',
  close: 'close',
  ecartee: 'écartée',
};
const TONS: Readonly<Record<string, Ton>> = { 'a-valider': 'laiton', diffusee: 'garance', levee: 'bleu', close: 'neutre', ecartee: 'neutre' };
/** An answer is feared until that moment, and no longer. */
export const enVigilance = (a: Pick<Alerte, 'etat' | 'represaillesJusqua'>, maintenant: Date): boolean =>
  a.etat === 'levee' && a.represaillesJusqua !== null && a.represaillesJusqua > maintenant;
export const EtatTag = ({ alerte: a, maintenant }: { alerte: Pick<Alerte, 'etat' | 'represaillesJusqua'>; maintenant: Date }) => (
  <Tag ton={TONS[a.etat] ?? 'neutre'}>
    {motDe(ETATS, a.etat) ?? a.etat}
    {enVigilance(a, maintenant) && ', vigilance'}
  </Tag>
);

/** On every screen of a drill: nobody must take it for the real thing. */
export const Exercice = () => (
  <div className="c-exercice">
    <WarningText>EXERCICE : rien de ceci n’est réel. N’appelez pas les secours.</WarningText>
  </div>
);
export const ACTES: Readonly<Record<string, string>> = {
  ecrite: 'Alerte écrite',
  diffusee: 'Alerte validée et diffusée',
  'partie-seule': 'Alerte diffusée sans attendre',
  palier: 'C’est devenu plus grave',
  rouverte: 'Alerte rouverte',
  prevenus: 'Listes prévenues',
  erreur: 'Envoyée par erreur',
  apprise: 'Rixe apprise après coup',
  ecartee: 'Alerte écartée',
  accusee: 'Réponse',
  relais: 'Relais',
  trou: 'Trou d’astreinte',
  action: 'Action',
  point: 'Procédure d’urgence',
  levee: 'Alerte levée',
  fenetre: 'Fenêtre de représailles',
  retex: 'Retour d’expérience écrit',
  close: 'Alerte close',
  doublon: 'Jointe à une autre alerte',
};
/** Today by its hour, another day by both. */
export const moment = (d: Date, maintenant: Date): string => (isoDuMoment(d) === isoDuMoment(maintenant) ? heureDuMoment(d) : jourEtHeure(d));
