import { describe, expect, test } from 'vitest';
import { dansLeFuseau } from '../../../core/fuseau.ts';
import { expurger } from './contenu.rules.ts';
import { participantEcrit, pointEcrit, releveContenu } from './documents.fixtures.ts';
import { ecrireReleve } from './ecriture.rules.ts';
import type { ReleveContenu } from './releve.modele.ts';

const lire = (c: ReleveContenu): string => JSON.stringify(dansLeFuseau('Europe/Paris', () => ecrireReleve(c, 'compte-rendu'))).replace(/[\u00a0\u202f]/g, ' ');
const siege = (fonction: string) => participantEcrit({ fonction, organisation: 'Préfecture', nom: '', presence: null, vacant: true });
const seance = { titre: 'Séance plénière', jour: '2026-11-03', debut: '09:00', fin: '11:00', lieu: 'Mairie' };

describe('Ce que dit un compte rendu des présences et des heures', () => {
  const presents = [participantEcrit({ nom: 'Anne Lemoine' }), participantEcrit({ nom: 'Hugo Petit', presence: 'excuse' })];
  const contenu = releveContenu({ ecriture: 2, participants: [...presents, siege('Commissaire central'), siege('Procureur')] });

  test('les personnes nommées par présence, les sièges vacants à part et par fonction', () => {
    const mots = lire(contenu);
    for (const mot of ['Présent (1)', 'Excusé (1)', 'Sièges vacants : Commissaire central (Préfecture) ; Procureur (Préfecture).'])
      expect([mot, mots.includes(mot)]).toEqual([mot, true]);
    expect(mots).toContain('1 présent, 1 excusé, 2 sièges vacants');
    expect(mots).not.toMatch(/sans présence|Présence non relevée/);
    expect(lire(expurger(contenu, []))).toContain('Sièges vacants : Commissaire central');
  });

  test('un siège vacant ne répète pas ses mots, et la présidence vacante ou absente est dite ainsi', () => {
    const vacant = (fonction: string, organisation: string) => ({ ...siege(fonction), organisation });
    const mots = lire({
      ...contenu,
      participants: [...presents, vacant('Conseils de quartier', 'Conseils de Quartier'), vacant('Commissaire', 'CSP 18 (18e)')],
    });
    expect(mots).toContain('Sièges vacants : Conseils de quartier ; Commissaire, CSP 18 (18e).');
    const president = { qualite: 'president', fonction: 'Maire', organisation: 'Mairie' } as const;
    const presidence = (p: object) => lire({ ...contenu, participants: [...presents, { ...siege('Maire'), ...president, ...p }] });
    expect(presidence({})).toContain('"Présidence","valeur":"siège vacant"');
    expect(presidence({ nom: 'Eve Roux', presence: 'excuse', vacant: undefined })).toContain('"Présidence","valeur":"ni présente ni représentée"');
  });

  test('une présence que personne n’a relevée est dite à part, sous ces mots', () => {
    const mots = lire({ ...contenu, participants: [...contenu.participants, participantEcrit({ nom: 'Léa Essai', presence: null })] });
    expect(mots).toContain('Présence non relevée (1)');
    expect(mots).toContain('1 présence non relevée, 2 sièges vacants');
  });

  test('un point traité sans note laisse la place vide', () => {
    expect(lire({ ...contenu, points: [pointEcrit({ notes: '', etat: 'traite' })] })).not.toContain('Aucune note');
  });

  test('les heures réelles d’abord, puis ce qui était prévu', () => {
    const tenue = (reel: object) =>
      lire({ ...contenu, seance: { ...seance, reel: { jour: '2026-11-03', ouverte: '08:20', leveeJour: '2026-11-03', levee: '09:05', ...reel } } });
    expect(tenue({})).toContain('Mardi 3 novembre 2026, ouverte à 8 h 20, levée à 9 h 05 ; prévue de 9 h à 11 h');
    const autreJour = tenue({ jour: '2026-11-05', leveeJour: '2026-11-06' });
    expect(autreJour).toContain('Jeudi 5 novembre 2026, ouverte à 8 h 20, levée le 6 novembre 2026 à 9 h 05 ; prévue le 3 novembre 2026 de 9 h à 11 h');
    expect(autreJour).toContain('Compte rendu, Conseil local de sécurité, 5 novembre 2026');
  });

  test('un contenu déjà arrêté garde ses mots', () => {
    const mots = lire(
      releveContenu({
        seance,
        participants: [participantEcrit({ nom: '', presence: 'present' }), participantEcrit({ nom: 'Léa Essai', presence: null })],
        points: [pointEcrit({ notes: '', etat: 'traite' })],
      }),
    );
    for (const mot of ['Présent (1)', 'Sans présence relevée (1)', 'Aucune note n’a été prise sur ce point.', 'Mardi 3 novembre 2026, de 9 h à 11 h'])
      expect([mot, mots.includes(mot)]).toEqual([mot, true]);
  });
});
