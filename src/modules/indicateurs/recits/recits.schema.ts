import { z } from 'zod';
import { ligne, paragraphe } from '../../../core/http/fields.ts';
import { PARTIES } from './recits.rules.ts';

const APPUI = /^(https?:\/\/[^\s/]+\.\S+|\/(registres|chiffres|decisions|fiches)\/\S+)$/;
const sansRetour = (t: string) => t.replaceAll('\r\n', '\n');
const partie = (i: 0 | 1 | 2) => paragraphe(PARTIES[i].titre, PARTIES[i].max).transform(sansRetour);
const dite = (quoi: string) => ligne(quoi).refine((v) => v.length >= 3, `${quoi} : écrivez-la.`);

export const recitSchema = z.object({
  faits: partie(0).refine((v) => v !== '', 'Faits : dites ce qui s’est passé sur la période.'),
  difficultes: partie(1),
  perspectives: partie(2),
  appuis: paragraphe('À l’appui', 4000)
    .transform((v) =>
      v
        .split(/\r?\n/)
        .map((l) => l.trim())
        .filter(Boolean)
        .join('\n'),
    )
    .refine(
      (v) => v === '' || v.split('\n').every((l) => APPUI.test(l)),
      'À l’appui : une adresse par ligne, qui commence par https:// ou par /registres/, /chiffres/, /decisions/ ou /fiches/.',
    ),
  redacteur: dite('Fonction de qui l’a écrit'),
  institution: dite('Institution'),
});
