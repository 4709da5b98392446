import type { ReactNode } from 'react';
import { InsetText } from '../../../ui/InsetText.tsx';
import { ContexteDesMots } from '../../../ui/mots-des-champs.ts';
import { Langue } from './Langue.ts';
import { motsDesChamps, type Parle } from './mots.rules.ts';

/** A page of the public form in that language; it says so while nobody whose language it is has read its words, or while some are not translated. */
export function EnLangue({ parle, children }: { parle: Parle; children: ReactNode }) {
  if (parle.code === '') return children;
  return (
    <ContexteDesMots.Provider value={motsDesChamps(parle.mots)}>
      <Langue.Provider value={parle}>
        {children}
        {!parle.entier && <InsetText>{parle.mots.pasTraduit}</InsetText>}
        {!parle.relu && <InsetText>{parle.mots.aRelire}</InsetText>}
      </Langue.Provider>
    </ContexteDesMots.Provider>
  );
}
