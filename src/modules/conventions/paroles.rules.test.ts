/** « Once a party has contested, or has not confirmed, nothing that another does makes its word count »: random runs of what people may do. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ActeDeParole,
  apres,
  attendDe,
  attendue,
  auRetour,
  compte,
  ensemble,
  type EtatDeParole,
  type GenreDeParole,
  type Parole,
  peutDire,
  renommee,
  seFermeEnPartant,
  SILENCE,
  vautPartout,
} from './paroles.rules.ts';

type Qui = 'porteur' | 'coordination' | 'partie';
const QUI = fc.constantFrom<Qui>('porteur', 'coordination', 'partie');
const ACTES = fc.constantFrom<ActeDeParole | 'retirer' | 'renommer'>('notee', 'confirmee', 'contestee', 'corrigee', 'dates', 'annulee', 'retirer', 'renommer');
const SUITE = fc.array(fc.tuple(QUI, ACTES), { maxLength: 40 });
const AUTRES: readonly GenreDeParole[] = ['retrait', 'promesse', 'tenu', 'avenant', 'revue', 'denonciation', 'correction'];

/** What people do to a word, one after the other; acts that are not theirs change nothing. */
function* jouer(genre: GenreDeParole, suite: readonly (readonly [Qui, ActeDeParole | 'retirer' | 'renommer'])[]) {
  let mot: Parole = SILENCE;
  let retrait: Parole = SILENCE;
  /** The last word of the party: yes, no, or nothing yet. */
  let derniere: 'oui' | 'non' | null = null;
  for (const [qui, acte] of suite) {
    const parElle = qui === 'partie';
    const avant = mot;
    if (acte === 'retirer' || acte === 'renommer') {
      if (genre !== 'signature') continue;
      if (acte === 'retirer') {
        const a: ActeDeParole = retrait.etat === null ? 'notee' : 'confirmee';
        if (!peutDire('retrait', a, retrait, parElle)) continue;
        retrait = apres(a, retrait, parElle);
        if (parElle) derniere = 'non';
      } else if (compte('retrait', retrait.etat)) {
        mot = renommee(mot, retrait);
        retrait = SILENCE;
      }
    } else {
      if (!peutDire(genre, acte, mot, parElle)) continue;
      mot = apres(acte, mot, parElle);
      if (parElle) derniere = acte === 'contestee' || acte === 'annulee' ? 'non' : 'oui';
    }
    yield { qui, acte, avant, mot, derniere, parti: compte('retrait', retrait.etat) };
  }
}

describe('La parole d’une partie', () => {
  test('contestée, ou jamais confirmée, rien de ce qu’un autre écrit ne la fait compter', () => {
    for (const genre of AUTRES)
      fc.assert(
        fc.property(SUITE, (suite) => {
          for (const { mot, derniere } of jouer(genre, suite)) if (compte(genre, mot.etat)) expect(derniere).toBe('oui');
        }),
      );
  });
  test('une signature contestée, annulée par sa partie, ou d’une partie qui s’est retirée, ne compte plus sans elle', () => {
    let refus = 0;
    fc.assert(
      fc.property(SUITE, (suite) => {
        for (const { mot, derniere, parti } of jouer('signature', suite)) {
          if (derniere === 'non' && !parti) expect(compte('signature', mot.etat)).toBe(false);
          if (derniere === 'non') refus++;
          if (mot.etat === 'confirmee' && !parti) expect(derniere).toBe('oui');
        }
      }),
      { numRuns: 500 },
    );
    expect(refus).toBeGreaterThan(100);
  });
  test('un avenant, une revue ne valent que dits par chacune ; qui tient et la coordination seuls n’y suffisent jamais', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), QUI, ACTES), { maxLength: 40 }), (suite) => {
        const etats = [0, 1, 2].map((n) => {
          const tour = [...jouer('avenant', [['porteur', 'notee'], ...suite.filter((x) => x[0] === n).map((x) => [x[1], x[2]] as const)])];
          return tour.at(-1)?.mot.etat ?? 'notee';
        });
        const elles = [0, 1, 2].every((n) => suite.some(([qui, par, acte]) => qui === n && par === 'partie' && acte === 'confirmee'));
        if (!elles) expect(ensemble(etats)).toBe(false);
      }),
    );
    const de = (...etats: EtatDeParole[]) => [ensemble(etats), attendue(etats)];
    expect([de(), de('confirmee', 'notee'), de('confirmee', 'contestee'), de('confirmee', 'annulee')]).toEqual([
      [true, false],
      [false, true],
      [false, true],
      [false, false],
    ]);
    // One that left before it answered is not waited for; everybody gone, it counts for nothing and nothing is expected.
    expect([de('confirmee', 'quittee'), de('notee', 'quittee'), de('quittee', 'quittee'), de('quittee')]).toEqual([
      [true, false],
      [false, true],
      [false, false],
      [false, false],
    ]);
    const quittee = { etat: 'quittee', refus: null } as const;
    expect((['confirmee', 'contestee', 'annulee'] as const).map((a) => peutDire('avenant', a, quittee, true))).toEqual([false, false, false]);
  });
  test('partie, ce qu’elle n’a pas dit n’arrête plus les autres ; de retour, cela l’attend de nouveau', () => {
    // What it denied of a change stops nobody any more; of a promise, of a review, it stays denied.
    const fermees = (genre: GenreDeParole) => (['notee', 'contestee', 'confirmee', 'annulee'] as const).filter((e) => seFermeEnPartant(genre, e));
    expect([fermees('avenant'), fermees('correction'), fermees('revue'), fermees('promesse'), fermees('retrait')]).toEqual([
      ['notee', 'contestee'],
      ['notee', 'contestee'],
      ['notee'],
      ['notee'],
      [],
    ]);
    expect(ensemble(['confirmee', 'quittee'])).toBe(true);
    expect([
      auRetour('avenant', ['notee', 'quittee']),
      auRetour('avenant', ['confirmee', 'quittee']),
      auRetour('correction', ['confirmee', 'annulee', 'quittee']),
      auRetour('avenant', ['quittee']),
      // The outcome of a review is read from what each said: it waits for this one too.
      auRetour('revue', ['confirmee', 'quittee']),
      auRetour('promesse', ['quittee']),
    ]).toEqual(['rouverte', 'acquise', 'retiree', 'rouverte', 'rouverte', 'rouverte']);
    expect([...AUTRES, 'signature' as const].filter(vautPartout)).toEqual(['retrait', 'avenant', 'denonciation', 'correction']);
  });
  test('une signature : corrigée par un autre elle est à confirmer de nouveau, et l’état dit qui doit parler', () => {
    const notee = apres('notee', SILENCE, false);
    const confirmee = apres('confirmee', notee, true);
    const contestee = apres('contestee', notee, true);
    expect([apres('notee', SILENCE, true).etat, notee.etat, apres('dates', confirmee, false).etat]).toEqual(['confirmee', 'notee', 'notee']);
    expect([apres('corrigee', contestee, false).etat, apres('corrigee', contestee, true).etat]).toEqual(['contestee', 'confirmee']);
    expect(apres('notee', apres('annulee', contestee, false), false)).toEqual({ etat: 'contestee', refus: 'contestee' });
    expect(apres('notee', apres('annulee', confirmee, false), false)).toEqual({ etat: 'notee', refus: null });
    // What it took back itself, or left, it did not contest: it waits for it, and counts for nothing.
    const reprise = apres('notee', apres('annulee', confirmee, true), false);
    const partie = apres('notee', renommee(confirmee, apres('confirmee', SILENCE, true)), false);
    expect([reprise, partie]).toEqual([
      { etat: 'suspendue', refus: 'annulee' },
      { etat: 'suspendue', refus: 'retrait' },
    ]);
    expect([apres('corrigee', { etat: 'suspendue', refus: null }, false).etat, compte('signature', 'suspendue')]).toEqual(['suspendue', false]);
    expect([peutDire('signature', 'confirmee', reprise, true), peutDire('signature', 'contestee', partie, true)]).toEqual([true, true]);
    const dite = { organisationId: 'PP', signeeLe: '2026-01-01', etat: 'notee', acte: 'notee' } as const;
    expect(attendDe(dite)).toBe('partie');
    expect(attendDe({ ...dite, organisationId: null })).toBeNull();
    expect(attendDe({ ...dite, etat: 'confirmee', acte: 'confirmee' })).toBeNull();
    expect(attendDe({ ...dite, etat: 'contestee', acte: 'contestee' })).toBe('porteur');
    expect(attendDe({ ...dite, etat: 'contestee', acte: 'corrigee' })).toBe('partie');
    expect(attendDe({ ...dite, etat: 'suspendue', acte: 'notee' })).toBe('partie');
    expect(attendDe({ ...dite, signeeLe: null, etat: null, acte: 'annulee' })).toBeNull();
  });
});
