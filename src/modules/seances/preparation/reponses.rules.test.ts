import { describe, expect, test } from 'vitest';
import { direQuiARepondu, direReponse, quiRepond, reponseAMontrer, reponseDuSiege, reponseQuiCompte } from './reponses.rules.ts';

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
      ...{ nom: 'Ada', fonction: 'Commissaire', suppleantNom: 'Paul Petit', reponse: null, reponseVoie: null, reponsePar: '', reponseMot: '' },
      ...{ suppleantReponse: null, suppleantReponsePar: '', suppleantReponseMot: '' },
    };
    const dite = { ...p, reponse: 'refuse', reponseVoie: 'titulaire', reponseMot: 'en congé' } as const;
    const avecSuppleant = { ...dite, suppleantReponse: 'accepte' } as const;
    expect(direReponse(p)).toBe('sans réponse');
    expect(direReponse(dite)).toBe('ne vient pas (en congé)');
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
