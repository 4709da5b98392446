/** Head of every page of the conduct: what it is, that it is an exercise where it is one, who commands, and the other pages. */
import type { ReactNode } from 'react';
import { Checkbox } from '../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import type { ErreurDeChamp } from '../../../ui/types.ts';
import { jourEtHeure } from '../../../ui/typographie.ts';
import type { Salle } from './conduite.contexte.tsx';

export const ONGLETS = { moyens: 'Moyens', centres: 'Centres', services: 'Services', points: 'Points de situation', exercice: 'Exercice', retex: 'Retour d’expérience' };
export type Onglet = keyof typeof ONGLETS;

interface Props {
  salle: Salle;
  titre: string;
  ici: Onglet;
  erreurs: readonly ErreurDeChamp[];
  fait?: string | undefined;
  children: ReactNode;
}
export function CadreDeConduite({ salle: k, titre, ici, erreurs, fait, children }: Props) {
  const base = `/crises/${k.crise.id}`;
  const onglets = (Object.keys(ONGLETS) as Onglet[]).filter((o) => o !== 'exercice' || k.crise.exercice);
  return (
    <div className={k.crise.exercice ? 'cr-exercice' : undefined}>
      <Filigrane exercice={k.crise.exercice} />
      <ErrorSummary erreurs={erreurs} />
      {fait && erreurs.length === 0 && <NotificationBanner ton="succes">{fait}</NotificationBanner>}
      <PageHeader
        titre={titre}
        surtitre={k.crise.titre}
        chapo={`Commandement : ${k.commandement?.libelle ?? k.crise.commandement}, depuis le ${jourEtHeure(k.crise.commandementLe)}.`}
        etiquette={
          k.fini ? <Tag>{k.crise.etat === 'archivee' ? 'Archivée' : 'Close'}</Tag> : <Tag ton="vert">En cours</Tag>
        }
      />
      <SubNavigation
        libelle="Pages de la crise"
        entrees={[{ libelle: 'Main courante', href: base }, ...onglets.map((o) => ({ libelle: ONGLETS[o], href: `${base}/${o}`, actif: o === ici }))]}
      />
      {children}
    </div>
  );
}

/** On every page, on paper too: what is played is never taken for what happens. */
export const Filigrane = ({ exercice }: { exercice: boolean }) =>
  exercice ? (
    <p className="cr-filigrane">
      <strong>EXERCICE</strong> Rien de ce qui est écrit ici n’est réel.
    </p>
  ) : null;

/** Shown once a text was held back: what looks like somebody may be a street. */
export const ConfirmerNoms = ({ erreurs }: { erreurs: readonly ErreurDeChamp[] }) => {
  const erreur = erreurs.find((e) => e.champ === 'confirme')?.message;
  return erreur ? <Checkbox nom="confirme" libelle="Ce texte ne nomme aucune personne prise en charge" erreur={erreur} /> : null;
};
