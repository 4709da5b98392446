/** A few action lines, the right ones: what is linked to the record, and what its organisation confirms for such records. */
import { describe, expect, test } from 'vitest';
import { chercherLignes, lignesLiees, PROPOSEES_MAX, proposerLignes } from './proposition.rules.ts';

const ficheDe = (l: string): string | undefined => (/^\d+\.\d+/.exec(l) ? l.split('-')[0] : undefined);
const proposer = (o: Partial<Parameters<typeof proposerLignes>[0]>) => proposerLignes({ liees: [], usuelles: [], fiches: new Set(), deja: [], ficheDe, ...o });

describe('Les lignes proposées', () => {
  test('sont cinq au plus, sans celles qui sont déjà confirmées ni celles qui ne sont plus au contrat', () => {
    const liees = ['1.6-R1.1', '1.6-R1.2', '1.6-R1.3', '1.6-R1.4', '1.6-R1.5', '1.6-R1.6', 'partie'];
    expect(proposer({ liees })).toHaveLength(PROPOSEES_MAX);
    expect(proposer({ liees, deja: ['1.6-R1.1'] })[0]).toBe('1.6-R1.2');
    expect(proposer({ liees: ['partie'] })).toEqual([]);
  });
  test('mettent d’abord ce que l’organisation confirme d’ordinaire, dans les fiches que l’enregistrement sert', () => {
    const fiches = new Set(['1.6']);
    expect(proposer({ fiches, liees: ['1.6-R1.5'], usuelles: ['2.2-R1', '1.6-R1.3'] })).toEqual(['1.6-R1.3', '1.6-R1.5']);
  });
  test('sont les habitudes seules tant que le formulaire ne dit rien encore', () => {
    expect(proposer({ usuelles: ['2.2-R1', '1.6-R1.3'] })).toEqual(['2.2-R1', '1.6-R1.3']);
  });
  test('viennent des dispositifs qui demandent cet enregistrement, par ses valeurs ou par une mesure qui le compte', () => {
    const systemes = [
      { lignes: ['1.6-R1.5'], exige: [{ registre: 'formations', ou: { theme: 'rixes' } }] },
      { lignes: ['1.6-R1.3'], exige: [{ mesures: ['1.6-10a'] }] },
      { lignes: ['2.2-R1'], exige: [{ registre: 'formations', ou: { theme: 'vss' } }] },
      { lignes: ['3.1-R1'], exige: [{ registre: 'formations' }] },
      { lignes: ['3.2-R1'] },
    ];
    const rixes = (ou: Readonly<Record<string, string | boolean>>) => ou.theme === 'rixes';
    expect(lignesLiees(systemes, 'formations', new Set(['1.6-10a']), rixes)).toEqual(['1.6-R1.3', '1.6-R1.5']);
    expect(lignesLiees(systemes, 'operations', new Set(), rixes)).toEqual([]);
  });
  test('se cherchent par leurs mots, sans accent ni ordre, ou par le numéro de leur fiche', () => {
    const fiches = [{ numero: '1.6', titre: 'Rixes', lignes: [{ id: '1.6-R1.3', libelle: 'Cellules de veille dans l’arrondissement' }] }];
    for (const quoi of ['VEILLE cellules', 'l’arrondissement', '1.6', 'rixes veille']) expect(chercherLignes(fiches, quoi).trouvees).toHaveLength(1);
    expect(chercherLignes(fiches, 'patrouille').trouvees).toEqual([]);
    expect(chercherLignes(fiches, '  ').trouvees).toEqual([]);
  });
});
