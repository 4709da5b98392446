import { auTravail, type Utilisateur } from '../../../core/authorize.ts';
import type { Bloc } from '../../../core/module.ts';
import { Blocs } from './Blocs.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';

export interface MaJourneePageProps {
  personne: Utilisateur;
  organisation: string;
  /** What each module has for this person, in order. */
  blocs: readonly Bloc[];
}

/** Whose they are is said once: a function often ends by the name of its organisation, whole or short. */
function direQui(fonction: string, organisation: string): string {
  const dits = fonction.split(', ');
  if (organisation.startsWith(dits.at(-1) ?? '')) dits.pop();
  return [...dits, organisation].join(', ');
}

export function MaJourneePage({ personne: u, organisation, blocs }: MaJourneePageProps) {
  const metier = auTravail(u);
  return (
    <>
      <PageHeader
        titre="Ma journée"
        surtitre={direQui(u.fonction, organisation)}
        chapo={`Bonjour ${u.nom}. Voici ce qui vous attend${metier ? ', vous et votre organisation' : ''}.`}
      />
      <Blocs blocs={blocs} />
      {!metier && <SansTravail u={u} seul={blocs.length === 0} />}
    </>
  );
}

/** No mandate, or one that opens no business data: what they may do instead. */
function SansTravail({ u, seul }: { u: Utilisateur; seul: boolean }) {
  if (u.mandats.length === 0)
    return (
      <EmptyState titre="Aucun mandat en cours" actions={[{ libelle: 'Voir le baromètre', href: '/barometre' }]}>
        Votre compte n’a pas de mandat aujourd’hui : vous lisez ce que tout le monde lit. Demandez-en un à votre organisation ou à la coordination.
      </EmptyState>
    );
  return seul ? (
    <EmptyState titre="Rien ne vous attend" actions={[{ libelle: 'Voir le baromètre', href: '/barometre' }]}>
      Votre mandat n’ouvre aucun registre aujourd’hui.
    </EmptyState>
  ) : null;
}
