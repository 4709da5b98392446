import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCoffre } from '../../../core/coffre.ts';
import { cheminDeParole, lireLien, type Notee } from '../paroles/lien.rules.ts';
import { direMandat, direQuiARepondu, direReponse, estSaParole, quiRepond, reponseAMontrer, reponseDuSiege, reponseQuiCompte } from './reponses.rules.ts';

const TITULAIRE = 'ada@exemple.fr';
const SUPPLEANT = 'paul@exemple.fr';
const lecteur = (lien: string, compte: string | null) =>
  quiRepond({ lien, titulaire: TITULAIRE, suppleant: SUPPLEANT, compte: compte === null ? null : { courriel: compte, dit: 'N. B., DPMP' } });

describe('Qui répond à une convocation', () => {
  test('le compte ouvert d’abord, puis l’adresse du lien ; d’un autre compte, c’est noté par lui', () => {
    expect([lecteur(TITULAIRE, null), lecteur('lettre:Ada', TITULAIRE), lecteur(SUPPLEANT, TITULAIRE)].map((q) => q.voie)).toEqual(Array(3).fill('titulaire'));
    expect([lecteur(SUPPLEANT, null), lecteur(TITULAIRE, SUPPLEANT)]).toEqual(Array(2).fill({ voie: 'suppleant', par: '' }));
    expect(lecteur('lettre:Ada', null)).toEqual({ voie: 'notee', par: '' });
    expect([lecteur(TITULAIRE, 'x@exemple.fr'), lecteur('lettre:Ada', 'x@exemple.fr')]).toEqual(Array(2).fill({ voie: 'notee', par: 'N. B., DPMP' }));
    expect(lecteur(SUPPLEANT, 'x@exemple.fr')).toEqual({ voie: 'suppleant', par: 'N. B., DPMP' });
  });
  test('chaque réponse est dite de qui l’a donnée', () => {
    const p = {
      ...{
        nom: 'Ada',
        fonction: 'Commissaire',
        suppleantNom: 'Paul Petit',
        reponse: null,
        reponseVoie: null,
        reponsePar: '',
        reponseMot: '',
        representeDit: '',
      },
      ...{ suppleantReponse: null, suppleantReponsePar: '', suppleantReponseMot: '' },
    };
    const dite = { ...p, reponse: 'refuse', reponseVoie: 'titulaire', reponseMot: 'en congé' } as const;
    const avecSuppleant = { ...dite, suppleantReponse: 'accepte' } as const;
    expect(direReponse(p)).toBe('sans réponse');
    expect(direReponse(dite)).toBe('ne vient pas (en congé)');
    expect(direReponse({ ...dite, representeDit: 'Bo Li' })).toBe('ne vient pas, représenté par Bo Li (en congé)');
    expect(direReponse({ ...dite, reponseVoie: 'notee' })).toBe('ne vient pas (en congé), par le lien de sa lettre');
    expect(direReponse({ ...dite, reponseVoie: null })).toBe('ne vient pas (en congé), on n’a pas gardé par qui');
    expect(direReponse(avecSuppleant)).toBe('ne vient pas (en congé) ; Paul Petit, en suppléance : vient');
    expect(direReponse({ ...p, suppleantReponse: 'accepte' })).toBe('sans réponse du titulaire ; Paul Petit, en suppléance : vient');
    expect([reponseDuSiege(avecSuppleant), reponseDuSiege({ reponse: 'accepte', suppleantReponse: 'refuse' })]).toEqual([
      { reponse: 'accepte', suppleant: true },
      { reponse: 'accepte', suppleant: false },
    ]);
    expect(['titulaire', 'notee', 'suppleant', '', null].map((voie) => direQuiARepondu({ ...p, voie: voie as never, par: '' }))).toEqual([
      'Ada',
      'Ada, par le lien de sa lettre',
      'Paul Petit, en suppléance',
      'Ada, on n’a pas gardé par qui',
      'Ada, on n’a pas gardé par qui',
    ]);
  });
  test('aux dates, la réponse du titulaire compte avant toute autre', () => {
    const oui = { reponse: 'oui', par: '' } as const;
    const non = { reponse: 'non', par: '' } as const;
    expect(reponseQuiCompte({ suppleant: oui, notee: non })?.voie).toBe('notee');
    expect(reponseQuiCompte({ suppleant: oui, notee: oui, titulaire: non })).toEqual({ ...non, voie: 'titulaire' });
    expect([
      reponseQuiCompte(undefined),
      reponseAMontrer({ titulaire: non, suppleant: oui }, 'suppleant'),
      reponseAMontrer({ suppleant: oui }, 'notee'),
    ]).toEqual([null, 'oui', '']);
  });
});

describe('Qui représente qui ne vient pas', () => {
  const p = { representeDit: 'Bo  Li', reponseVoie: 'titulaire', reponsePar: '', presence: 'represente', representePar: 'bo li' } as const;
  test('sa parole est dite tant que la ligne la suit, d’où qu’elle vienne ; corrigée, on dit ce qu’elle disait', () => {
    expect([direMandat(p), estSaParole(p)]).toEqual(['selon sa réponse à la convocation', true]);
    const notee = { ...p, reponseVoie: 'notee', reponsePar: 'N. B., DPMP' } as const;
    expect([direMandat(notee), estSaParole(notee)]).toEqual(['selon sa réponse à la convocation, noté par N. B., DPMP', false]);
    for (const corrige of [
      { ...p, representePar: 'Cy' },
      { ...p, presence: 'absent' as const, representePar: '' },
    ])
      expect([direMandat(corrige), estSaParole(corrige)]).toEqual(['sa réponse à la convocation disait : représenté par Bo  Li', false]);
    expect([direMandat({ ...p, presence: null }), direMandat({ ...p, representeDit: '' })]).toEqual(['', '']);
  });
});

describe('Le lien de ce qui est noté en son nom', () => {
  const coffre = createCoffre(Buffer.alloc(32, 7));
  const mot = fc.string({ minLength: 1, maxLength: 12 });
  const notee: fc.Arbitrary<Notee> = fc.oneof(
    fc.record({ genre: fc.constant('approbation' as const), empreinte: mot }),
    fc.record({ genre: fc.constant('presence' as const), presence: fc.constantFrom('present' as const, 'represente' as const), representePar: mot }),
  );
  const siege = fc.record({ seanceId: fc.uuid(), participantId: fc.uuid() });
  test('n’ouvre que ce qu’il dit, à cette adresse, quatre-vingt-dix jours', () => {
    fc.assert(
      fc.property(siege, notee, notee, fc.emailAddress(), fc.emailAddress(), (s, n, autre, adresse, ailleurs) => {
        fc.pre(JSON.stringify(n) !== JSON.stringify(autre) && adresse.toLowerCase() !== ailleurs.toLowerCase());
        const recu = cheminDeParole(coffre, s, n, { adresse, aujourdhui: '2026-06-01' }).split('/').at(-1) ?? '';
        const lire = (o: Partial<Parameters<typeof lireLien>[2]> = {}) =>
          lireLien(coffre, recu, {
            ...s,
            possibles: [
              { notee: autre, adresses: [adresse] },
              { notee: n, adresses: ['', adresse] },
            ],
            aujourdhui: '2026-08-30',
            ...o,
          });
        expect(lire()).toEqual({ notee: n, adresse: adresse.toLowerCase(), expire: false });
        expect(lire({ aujourdhui: '2026-08-31' })?.expire).toBe(true);
        expect(lire({ possibles: [{ notee: autre, adresses: [adresse] }] })).toBeNull();
        expect(lire({ possibles: [{ notee: n, adresses: [ailleurs, ''] }] })).toBeNull();
        expect(lire({ seanceId: 'autre' })).toBeNull();
        expect(lire({ participantId: 'autre' })).toBeNull();
      }),
    );
  });
});
