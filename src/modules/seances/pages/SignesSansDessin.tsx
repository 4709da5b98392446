import { couper } from '../../../core/couper.ts';
import { WarningText } from '../../../ui/WarningText.tsx';
import type { SigneSansDessin } from '../releve/impression.ts';

const code = (c: string): string => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
const court = (t: string): string => (t.length > 80 ? `${couper(t, 80)}…` : t);

/** Before printing: which character, in which words. */
export const SignesSansDessin = ({ signes }: { signes: readonly SigneSansDessin[] }) =>
  signes.length === 0 ? null : (
    <WarningText>
      {signes.map((s) => (
        <span key={s.caractere} className="c-releve__ligne">
          Le caractère « <bdi>{s.caractere}</bdi> », dans « <bdi>{court(s.ou)}</bdi> », ne peut pas s’imprimer : les papiers porteront [{code(s.caractere)}].
          Remplacez-le avant de continuer.{' '}
        </span>
      ))}
    </WarningText>
  );
