import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lireEntete, lireJour, lireNumero, lirePoint, perimetreDe, slug, themeDe } from './dialecte.rules.ts';

describe('Les dialectes de Dans Ma Rue', () => {
  test('les trois en-têtes connus sont reconnus', () => {
    for (const e of [
      'numero;type;soustype;adresse;code_postal;ville;arrondissement;conseilquartier;datedecl;anneedecl;moisdecl;prefixe;intervenant;id_dmr;geo_shape;geo_point_2d',
      'ID DECLARATION;TYPE DECLARATION;SOUS TYPE DECLARATION;ADRESSE;CODE POSTAL;VILLE;ARRONDISSEMENT;DATE DECLARATION;INTERVENANT;geo_point_2d',
      'TYPE;SOUSTYPE;ADRESSE;CODE_POSTAL;VILLE;ARRONDISSEMENT;DATEDECL;INTERVENANT;OBJECTID;geo_point_2d',
    ])
      expect(lireEntete(e.split(';')).manquantes).toEqual([]);
    expect(lireEntete(['a', 'b', 'c', 'd']).manquantes.length).toBeGreaterThan(0);
  });
  test('les dates ISO et françaises se lisent, les fausses non', () => {
    expect(lireJour('2024-02-29')).toBe('2024-02-29');
    expect(lireJour('07/03/2024')).toBe('2024-03-07');
    for (const t of ['7/3/2024', '07/03/24', '2024-3-7', '07.03.2024']) expect([t, lireJour(t)]).toEqual([t, '2024-03-07']);
    for (const f of ['14/03/2206', '2206-03-14', '3/14/2024', '45414', '2023-02-29', '31/04/2024', '', 'hier', '2024-13-01', '1899-01-01'])
      expect(lireJour(f)).toBeNull();
  });
  test('les points se lisent dans toutes leurs écritures', () => {
    const attendu = [2.35, 48.86];
    for (const t of ['POINT(2.35 48.86)', '{"type":"Point","coordinates":[2.35,48.86]}', '{""lon"": 2.35, ""lat"": 48.86}'])
      expect(lirePoint(t)).toEqual(attendu);
    for (const t of ["{'lon': 2.35, 'lat': 48.86}", '{"lon": 2.35, "lat": 48.86}', '48.86,2.35', '[48.86, 2.35]']) expect(lirePoint(t)).toEqual(attendu);
    for (const t of ['', 'x', '{}', '400,900']) expect(lirePoint(t)).toBeNull();
  });
  test('l’arrondissement se lit de toutes les façons', () => {
    expect([lireNumero('2', ''), lireNumero('18e', ''), lireNumero('', '75116'), lireNumero('', '75004'), lireNumero('', 'x')]).toEqual([2, 18, 16, 4, null]);
  });
  test('le périmètre et le thème suivent le service et le type', () => {
    expect([perimetreDe('DPMP-Divisions'), perimetreDe('DPE')]).toEqual(['police-municipale', 'autre']);
    expect(themeDe(slug('Activités commerciales et professionnelles'), 'Étalages et terrasses : Nuisance sonore')).toBe('vie-nocturne');
    expect(themeDe(slug('Propreté'), 'Déchets')).toBe('incivilites');
  });
  test('rien de ce qu’on leur donne ne les fait échouer', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        lireJour(a);
        lirePoint(a);
        lireNumero(a, b);
        expect(slug(a)).toMatch(/^[a-z0-9-]+$/);
        themeDe(slug(a), b);
      }),
    );
  });
});
