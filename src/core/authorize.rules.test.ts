import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  acces,
  couvre,
  entre,
  type Limites,
  type Mandat,
  permis,
  permisDeLire,
  permisPourLaSienne,
  type Role,
  ROLES,
  type Situation,
  type Utilisateur,
} from './authorize.ts';

const PARENT: Record<string, string> = { 'mairie-a': 'ville', 'mairie-b': 'ville', 'q-gare': 'mairie-a' };
const contient = (mandat: string, t: string): boolean => mandat === t || (t in PARENT && contient(mandat, PARENT[t] ?? ''));
const personne = (...mandats: Partial<Mandat>[]): Utilisateur => ({
  id: 'x',
  nom: 'X',
  courriel: '',
  fonction: '',
  organisationId: 'PM',
  forte: true,
  mandats: mandats.map((m) => ({ role: 'coordination', territoireId: null, fiche: null, ...m })),
});
const libre: Limites = { territoireId: null, fiche: null, registre: null, organisationId: null };
const lieu = fc.constantFrom('ville', 'mairie-a', 'mairie-b', 'q-gare');
const situations: fc.Arbitrary<Situation> = fc.record(
  { organisationId: fc.constantFrom('PM', 'PP'), territoireId: lieu, fiche: fc.subarray(['1.1', '1.6']), registre: fc.constantFrom('formations', 'audits') },
  { requiredKeys: [] },
);
const limites: fc.Arbitrary<Limites> = fc.record({
  territoireId: fc.option(lieu),
  fiche: fc.option(fc.constantFrom('1.1', '1.6')),
  registre: fc.option(fc.constantFrom('formations', 'audits')),
  organisationId: fc.option(fc.constantFrom('PM', 'PP')),
});

describe('La lecture d’un mandat', () => {
  test('sans limite, il couvre tout', () => {
    fc.assert(fc.property(situations, (s) => couvre(libre, s, contient)));
  });
  test('une limite de plus n’ouvre jamais rien de plus', () => {
    fc.assert(
      fc.property(limites, situations, fc.constantFrom<keyof Limites>('territoireId', 'fiche', 'registre', 'organisationId'), (m, s, cle) => {
        if (couvre(m, s, contient)) expect(couvre({ ...m, [cle]: null }, s, contient)).toBe(true);
      }),
    );
  });
  test('une limite n’ouvre la porte d’aucun rôle qui ne l’ouvre pas sans elle', () => {
    const role = fc.constantFrom(...(Object.keys(ROLES) as Role[]));
    const registre = fc.constantFrom(undefined, 'formations', 'audits');
    fc.assert(
      fc.property(role, fc.uniqueArray(role), fc.boolean(), registre, limites, (sien, roles, desRegistres, adresse, m) => {
        const porte = desRegistres ? acces.registre(...roles) : acces.role(...roles);
        if (entre(personne({ ...m, role: sien }), porte, adresse))
          expect([sien, entre(personne({ role: sien }), porte, adresse), roles.includes(sien)]).toEqual([sien, true, true]);
      }),
    );
  });
  test('ce dont on ne sait pas le lieu, la fiche, le registre ou l’organisation échappe à qui y est limité', () => {
    for (const [cle, valeur] of Object.entries({ territoireId: 'ville', fiche: '1.6', registre: 'formations', organisationId: 'PM' }))
      expect([cle, couvre({ ...libre, [cle]: valeur }, {}, contient)]).toEqual([cle, false]);
  });
  test('un territoire ouvre ce qui est dessous, jamais ce qui est au-dessus ou à côté', () => {
    const ici = { ...libre, territoireId: 'mairie-a' };
    expect(['q-gare', 'mairie-a', 'mairie-b', 'ville'].map((territoireId) => couvre(ici, { territoireId }, contient))).toEqual([true, true, false, false]);
  });
  test('les quatre limites s’additionnent dans un mandat, les mandats s’ajoutent l’un à l’autre', () => {
    const s = { territoireId: 'q-gare', fiche: ['1.6'] };
    expect(permis(personne({ territoireId: 'mairie-a', fiche: '1.6' }), ['coordination'], s, contient)).toBe(true);
    expect(permis(personne({ territoireId: 'mairie-a', fiche: '1.1' }, { territoireId: 'mairie-b', fiche: '1.6' }), ['coordination'], s, contient)).toBe(false);
    expect(permis(personne({ territoireId: 'mairie-b' }, { fiche: '1.6' }), ['coordination'], s, contient)).toBe(true);
  });
  test('agent, association et producteur n’agissent que pour leur organisation, les autres si le droit le veut', () => {
    const pour = (role: Role, organisationId: string) => permis(personne({ role }), [role], { organisationId });
    for (const role of ['agent', 'association', 'producteur'] as const) expect([role, pour(role, 'PM'), pour(role, 'PP')]).toEqual([role, true, false]);
    expect(pour('pilote', 'PP')).toBe(true);
    expect(permisPourLaSienne(personne({ role: 'pilote' }), ['pilote'], { organisationId: ['PP', 'RATP'] })).toBe(false);
    expect(permisPourLaSienne(personne({ role: 'pilote' }), ['pilote'], { organisationId: ['PP', 'PM'] })).toBe(true);
  });
  test('lire ce qui se partage ne dépend que du registre', () => {
    const u = (m: Partial<Mandat>) => personne({ role: 'agent', ...m });
    expect([permisDeLire(u({ territoireId: 'mairie-a', fiche: '1.1' }), ['agent']), permisDeLire(u({ registre: 'formations' }), ['agent'])]).toEqual([
      true,
      false,
    ]);
    expect(permisDeLire(u({ registre: 'formations' }), ['agent'], { registre: 'formations' })).toBe(true);
    expect(permisDeLire(null, ['agent'])).toBe(false);
  });
});
