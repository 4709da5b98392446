import { describe, expect, test } from 'vitest';
import { instantDe, jourDe } from './clock.ts';
import { dansLeFuseau, estUnFuseau, fuseauEnVigueur } from './fuseau.ts';

describe('L’heure de l’horloge au mur', () => {
  test.each([
    ['en hiver', '2026-01-15', '10:00', '2026-01-15T09:00:00.000Z'],
    ['en été', '2026-07-01', '10:00', '2026-07-01T08:00:00.000Z'],
    ['juste avant le passage à l’heure d’été', '2026-03-29', '01:59', '2026-03-29T00:59:00.000Z'],
    ['juste après', '2026-03-29', '03:00', '2026-03-29T01:00:00.000Z'],
    ['une heure que l’horloge montre deux fois est la première', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
  ])('%s', (_, jour, heure, instant) => {
    expect(instantDe(jour, heure, 'Europe/Paris')?.toISOString()).toBe(instant);
  });

  test('une heure que le changement saute, un jour ou une heure qui n’existent pas ne sont aucun instant', () => {
    expect(instantDe('2026-03-29', '02:30', 'Europe/Paris')).toBeNull();
    expect(instantDe('2026-02-30', '10:00', 'Europe/Paris')).toBeNull();
    expect(instantDe('2026-02-28', '24:00', 'Europe/Paris')).toBeNull();
    expect(instantDe('demain', 'midi', 'Europe/Paris')).toBeNull();
    expect(instantDe('2026-03-29', '02:30', 'Indian/Reunion')?.toISOString()).toBe('2026-03-28T22:30:00.000Z');
  });

  test('le jour est celui du fuseau, pas celui du temps universel', () => {
    expect(jourDe(new Date('2026-06-30T22:30:00Z'), 'Europe/Paris')).toBe('2026-07-01');
    expect(jourDe(new Date('2026-06-30T22:30:00Z'), 'America/New_York')).toBe('2026-06-30');
  });

  test('hors de tout contrat, aucune horloge n’a cours : mieux vaut une faute qu’un jour faux', () => {
    expect(() => jourDe(new Date())).toThrow(/Aucun fuseau horaire en vigueur/);
  });

  test('deux contrats servis en même temps gardent chacun leur horloge, aussi longtemps qu’ils attendent', async () => {
    const instant = new Date('2026-06-30T21:30:00Z');
    const attendre = () => new Promise((r) => setImmediate(r));
    const travail = (fuseau: string) =>
      dansLeFuseau(fuseau, async () => {
        const dits: string[] = [];
        for (let i = 0; i < 10; i++) {
          await attendre();
          dits.push(`${fuseauEnVigueur()} ${jourDe(instant)}`);
        }
        return [...new Set(dits)];
      });
    const faits = await Promise.all(Array.from({ length: 20 }, (_, i) => travail(i % 2 === 0 ? 'Europe/Paris' : 'Indian/Reunion')));
    expect([...new Set(faits.flat())].sort()).toEqual(['Europe/Paris 2026-06-30', 'Indian/Reunion 2026-07-01']);
  });

  test('un fuseau est un nom de la base IANA, pas un décalage', () => {
    expect(['Europe/Paris', 'Indian/Reunion', 'America/Argentina/Buenos_Aires', 'UTC'].map(estUnFuseau)).toEqual([true, true, true, true]);
    expect(['Paris', '+02:00', 'Europe/Valbourg', '', 'CEST'].map(estUnFuseau)).toEqual([false, false, false, false, false]);
  });
});
