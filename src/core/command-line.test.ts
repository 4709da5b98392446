import { describe, expect, test } from 'vitest';
import type { Declaration } from './module.ts';
import { AideDemandee, lireCommande } from './command-line.ts';

const COMMANDES: Record<string, Declaration> = {
  bilan: {
    sens: 'Écrit le bilan.',
    obligatoires: [
      ['--annee <annee>', 'année'],
      ['--format <format>', 'pdf ou csv'],
    ],
    options: [['--mairie <mairie>', 'mairie']],
  },
  'audit verifier': { sens: 'Vérifie.', argument: '<fichier>' },
  'audit sceller': { sens: 'Scelle.', argument: '[sceau]' },
};
const lire = (...argv: string[]) => lireCommande(argv, COMMANDES);

describe('Une ligne de commande', () => {
  test('rend le nom, les arguments et les options', () => {
    expect(lire('bilan', '--annee', '2026', '--format', 'pdf', '--mairie', '18', '--json')).toEqual({
      nom: 'bilan',
      args: [],
      options: { annee: '2026', format: 'pdf', mairie: '18', json: true },
    });
    expect(lire('audit', 'verifier', 'x.jsonl')).toEqual({ nom: 'audit verifier', args: ['x.jsonl'], options: {} });
    expect(lire('audit', 'sceller').args).toEqual([]);
  });

  test.each([
    ['une option mal écrite', ['bilan', '--annee', '2026', '--format', 'pdf', '--mairi', '18'], /Option inconnue : --mairi \(vouliez-vous dire --mairie \?\)/],
    ['une option d’une autre commande', ['audit', 'sceller', '--annee', '2026'], /Option inconnue : --annee/],
    ['une option obligatoire absente', ['bilan', '--format', 'pdf'], /Il manque l’option --annee <annee>\./],
    ['et toutes le sont d’un coup', ['bilan'], /Il manque les options --annee <annee>, --format <format>\./],
    ['une valeur absente', ['bilan', '--annee'], /Il manque la valeur de l’option --annee/],
    ['un argument absent', ['audit', 'verifier'], /Il manque « fichier »/],
    ['un argument de trop', ['bilan', '--annee', '2026', '--format', 'pdf', '18'], /Trop d’arguments/],
    ['une commande inconnue', ['bilans'], /Commande inconnue : bilans \(vouliez-vous dire bilan \?\)/],
    ['un verbe inconnu', ['audit', 'signer'], /Commande inconnue : signer/],
    ['un groupe sans verbe', ['audit'], /verifier/],
    ['rien', [], /bilan/],
  ])('%s est refusée, avec l’usage', (_, argv, attendu) => {
    expect(() => lire(...argv)).toThrow(attendu);
  });

  test('--help montre l’aide en français, et ce qui est obligatoire', () => {
    expect(() => lire('bilan', '--help')).toThrow(AideDemandee);
    expect(() => lire('bilan', '--help')).toThrow(/Usage :[\s\S]*--annee <annee>\s+année \(obligatoire\)/);
    expect(() => lire('bilan', '--help')).toThrow(/bilan --annee <annee> --format <format> \[options\]/);
    expect(() => lire('bilan', '--help')).not.toThrow(/mairie \(obligatoire\)/);
    expect(() => lire('audit', 'verifier', '--help')).toThrow(/verifier <fichier> \[options\]/);
  });
});
