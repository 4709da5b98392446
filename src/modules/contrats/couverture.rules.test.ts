import { describe, expect, test } from 'vitest';
import { acces, accesMetier } from '../../core/authorize.ts';
import { lesSiens, preuve, type Sert, type Service } from '../../core/capacites.ts';
import type { Mesure } from './catalogue.ts';
import type { Systeme, TypeInstance } from './contrats.schema.ts';
import { direService, servicesDe } from './couverture.rules.ts';
import { estCompteDepuis } from './formules.rules.ts';

const page = (href: string, qui = acces.public) => [{ href, libelle: 'Page', qui }];
const mesure = (id: string, obtention: string, calcul?: unknown) => [id, { id, obtention, calcul } as Mesure] as const;
const type = (id: string, o: Partial<TypeInstance>) =>
  [id, { id, vote: false, cadence: {}, territoires: 'contrat', confidentialite: 'partenaires', ...o } as TypeInstance] as const;
const catalogue = {
  typesInstance: new Map([type('conseil', { vote: true, confidentialite: 'publique' }), type('cellule', { confidentialite: 'restreinte' })]),
  mesures: new Map([
    mesure('1.1-01', 'calcul', { addition: [{ compte: 'formations' }, { somme: 'participants', registre: 'evenements' }] }),
    mesure('1.1-02', 'collecte'),
    mesure('1.1-03', 'narratif'),
    mesure('1.1-04', 'calcul', { ratio: ['1.1-01', { compte: 'reunions', ou: { type: ['conseil', 'autre'] } }] }),
  ]),
  suivis: new Map([['s-un', { systemes: ['X-1'], effectif: true }]]),
  listes: new Map(),
  champs: new Map(),
};
const systeme = (o: Partial<Systeme>): Systeme => ({ id: 'X-1', nom: 'Essai', archetype: 'OPE', fiches: [], lignes: [], porteur: 'Ville', acces: 'V1', ...o });
const etat = (exige: Systeme['exige']) => servicesDe(catalogue, systeme({ exige }), SERVI).etat;

const SERT: Readonly<Record<string, Sert>> = {
  registres: { enregistrement: preuve('X-1', (o) => (o.registre === 'formations' ? page('/registres/formations') : null)) },
  instances: {
    vote: preuve('X-1', () => page('/instances')),
    'acces-restreint': preuve('X-1', () => page('/instances')),
    releve: preuve('X-1', () => page('/instances', accesMetier)),
  },
  indicateurs: {
    chiffre: preuve('X-1', () => page('/chiffres')),
    'chiffre-compte': preuve('X-1', () => page('/chiffres')),
    recit: preuve('X-1', () => page('/chiffres')),
    'effectif-propre': preuve('X-1', () => page('/chiffres/suivis')),
    'chiffre-de-suivi': preuve('X-1', () => page('/chiffres/suivis')),
  },
};
const SERVI: Service = { sert: Object.entries(SERT), portees: new Map() };

describe('La couverture', () => {
  test('tout est là : servi ; une partie : en partie ; rien : prévu ; tenu ailleurs : hors périmètre ; rien de demandé : sans réponse', () => {
    expect(etat([{ registre: 'formations', ou: { theme: 'rixes' } }])).toBe('servi');
    expect(etat([{ registre: 'formations', ou: { theme: 'rixes' } }, { capacites: ['convention'] }])).toBe('partiel');
    expect(etat([{ capacites: ['convention'] }])).toBe('prevu');
    expect(servicesDe(catalogue, systeme({ hors_perimetre: 'tenu par la justice' }), SERVI).etat).toBe('hors_perimetre');
    expect([etat([]), etat(undefined)]).toEqual(['non_servi', 'non_servi']);
  });
  test('ce qui manque est dit, avec le module attendu', () => {
    const v = servicesDe(
      catalogue,
      systeme({ exige: [{ instance: 'conseil', capacites: ['vote', 'releve', 'remontee'] }, { capacites: ['convention'] }] }),
      SERVI,
    );
    expect(v).toMatchObject({ etat: 'partiel', presentes: 2, attendus: ['instances', 'conventions'] });
    expect(direService(v)).toMatch(/^2 sur 4 ; il manque : la remontée .* ; la convention/);
  });
  test('un effectif propre est servi là où le contrat en fait suivre un de ce dispositif, pas ailleurs ni pour un autre chiffre', () => {
    expect(etat([{ capacites: ['effectif-propre'] }])).toBe('servi');
    expect(etat([{ capacites: ['chiffre-de-suivi'] }])).toBe('prevu');
    expect(servicesDe(catalogue, systeme({ id: 'X-2', exige: [{ capacites: ['effectif-propre'] }] }), SERVI).etat).toBe('prevu');
  });
  test('un registre que personne ne tient ne sert rien', () => {
    expect(etat([{ registre: 'operations', ou: { type: 'x' } }])).toBe('prevu');
  });
  test('une instance qui ne vote pas ne sert pas de vote, ni une instance ouverte de séance fermée', () => {
    expect([etat([{ instance: 'conseil', capacites: ['vote'] }]), etat([{ instance: 'cellule', capacites: ['vote'] }])]).toEqual(['servi', 'prevu']);
    expect([etat([{ instance: 'cellule', capacites: ['acces-restreint'] }]), etat([{ instance: 'conseil', capacites: ['acces-restreint'] }])]).toEqual([
      'servi',
      'prevu',
    ]);
  });
  test('un chiffre saisi n’est pas un chiffre compté, ni un récit un chiffre', () => {
    const de = (m: string, c: 'chiffre' | 'chiffre-compte' | 'recit') => etat([{ mesures: [m], capacites: [c] }]);
    expect(['1.1-01', '1.1-02', '1.1-03'].map((m) => de(m, 'chiffre'))).toEqual(['servi', 'servi', 'prevu']);
    expect(['1.1-01', '1.1-02', '1.1-03'].map((m) => de(m, 'chiffre-compte'))).toEqual(['servi', 'prevu', 'prevu']);
    expect(['1.1-01', '1.1-02', '1.1-03'].map((m) => de(m, 'recit'))).toEqual(['prevu', 'prevu', 'servi']);
  });
  test('un chiffre compté ailleurs ne compte pas ce registre-ci', () => {
    const de = (registre: string) => etat([{ registre, mesures: ['1.1-01'], capacites: ['chiffre-compte'] }]);
    expect([de('formations'), de('evenements'), de('campagnes')]).toEqual(['servi', 'servi', 'prevu']);
    const compte = (o: object) => estCompteDepuis(catalogue.mesures, catalogue.mesures.get('1.1-04')?.calcul, o);
    expect([compte({ instance: 'conseil' }), compte({ instance: 'cellule' }), compte({ registre: 'formations' }), compte({})]).toEqual([
      true,
      false,
      true,
      true,
    ]);
    // Lines of its records are its own.
    const lignes = (registre: string) => estCompteDepuis(catalogue.mesures, { compte: 'audits-preconisations' }, { registre });
    expect([lignes('audits'), lignes('audit'), lignes('marches')]).toEqual([true, false, false]);
  });
  test('une page qui n’est pas ouverte au lecteur n’est pas un lien pour lui', () => {
    const [d] = servicesDe(catalogue, systeme({ exige: [{ instance: 'conseil', capacites: ['releve'] }] }), SERVI).demandes;
    expect(lesSiens(d?.liens ?? [], null)).toEqual([]);
    const u = {
      id: '1',
      nom: '',
      courriel: '',
      organisationId: '',
      fonction: '',
      forte: true,
      mandats: [{ role: 'agent', territoireId: null, fiche: null }],
    } as const;
    expect(lesSiens(d?.liens ?? [], u)).toHaveLength(1);
  });
});
