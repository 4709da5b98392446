import type { Example } from './types.ts';

/** Two arcs that meet, our own mark: each side of the table leans on the other. */
export const Mark = ({ taille = 36 }: { taille?: number }) => (
  <svg
    className="c-marque__signe"
    xmlns="http://www.w3.org/2000/svg"
    width={taille}
    height={taille}
    viewBox="0 0 36 36"
    fill="none"
    aria-hidden="true"
    focusable="false"
  >
    <path className="c-marque__arc-1" d="M3 31C3 17 9 7 18 4" strokeWidth="5" />
    <path className="c-marque__arc-2" d="M33 31C33 17 27 7 18 4" strokeWidth="5" />
    <path className="c-marque__arc-3" d="M12.5 31c0-7 2-11.5 5.5-14 3.5 2.5 5.5 7 5.5 14" strokeWidth="3.5" />
  </svg>
);

export const examples: Example[] = [{ nom: 'Signe', rendu: <Mark taille={72} /> }];
