import { describe, expect, test } from 'vitest';
import { faiblesse, MOTS_DU_CONTEXTE } from './mot-de-passe.rules.ts';

describe('Un mot de passe', () => {
  test('fait des mots que chacun essaierait ici est refusé, quels que soient accents, casse, tirets et année', () => {
    for (const m of ['Concorde-2026!', 'Préfecture2026', 'Mot de passe 12!', 'Contrat-Sécurité-26', 'AdminAdmin-2026', 'Azerty-123456'])
      expect(faiblesse(m), m).toMatch(/se devine/);
    for (const mot of MOTS_DU_CONTEXTE) expect(faiblesse(`${mot.toUpperCase()}-${mot}-123`), mot).not.toBeNull();
  });

  test('qui a assez d’autre chose est accepté, même long de mille signes, même en une phrase accentuée', () => {
    for (const m of ['Un cheval correct, 7 agrafes', 'La mairie a 3 pigeons verts', `é1A${'x'.repeat(997)}`]) expect(faiblesse(m), m).toBeNull();
  });

  test('trop court ou d’une seule sorte de signes, il est refusé en disant quoi faire', () => {
    expect(faiblesse('Court-1')).toMatch(/au moins 12 caractères \(il y en a 7\)/);
    expect(faiblesse('toutenminuscules')).toMatch(/trois sortes/);
  });
});
