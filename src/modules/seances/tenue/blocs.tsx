/** Parts of the screen rendered alone, for pages that follow the session live: the same components as the page itself. */
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Decisions, Votes } from './pages/Actes.tsx';
import { Courant, OrdreDuJour, TeteDePoint } from './pages/Deroule.tsx';
import { NotesLues } from './pages/Notes.tsx';
import { LignePresence, ResumePresences } from './pages/Presences.tsx';
import { AvantDeLever } from './pages/LeverPage.tsx';
import type { Tenue } from './pages/tenue.modele.ts';

export interface Bloc {
  /** Id of the element whose content this is. */
  id: string;
  /** List in which the element is created when the page does not have it yet. */
  dans?: string;
  html: string;
}

export function buildBlocs(t: Tenue): Bloc[] {
  const bloc = (id: string, contenu: ReactNode, dans?: string): Bloc => ({ id, html: renderToStaticMarkup(contenu), ...(dans ? { dans } : {}) });
  return [
    bloc('b-courant', <Courant t={t} />),
    bloc('b-points', <OrdreDuJour t={t} />),
    bloc('b-resume-presences', <ResumePresences t={t} />),
    ...t.participants.map((p) => bloc(`b-participant-${p.id}`, <LignePresence t={t} p={p} />, 'b-participants')),
    ...t.points.flatMap((p) => [
      bloc(`b-tete-${p.id}`, <TeteDePoint t={t} p={p} />),
      bloc(`b-decisions-${p.id}`, <Decisions t={t} point={p.id} />),
      ...(t.instance.vote ? [bloc(`b-votes-${p.id}`, <Votes t={t} point={p.id} />)] : []),
      ...(t.ecrit ? [] : [bloc(`b-notes-${p.id}`, <NotesLues p={p} />)]),
    ]),
    ...(t.ecrit ? [bloc('b-lever', <AvantDeLever t={t} />)] : []),
  ];
}
