import { describe, expect, test } from 'vitest';
import { lireAdresse, lireEntetes, nomDuMessage, pourquoiLEcarter } from './enveloppe.rules.ts';

const tete = (...lignes: string[]) => lireEntetes(Buffer.from(`${lignes.join('\r\n')}\r\n\r\nAuto-Submitted: dans le texte\r\n`));
const ecarter = (...lignes: string[]) => pourquoiLEcarter(tete(...lignes), 'camille@exemple.fr', 'concorde.exemple');

describe('L’enveloppe d’un courriel', () => {
  test('ses en-têtes se lisent, pliés ou non, jusqu’au texte seulement', () => {
    const e = tete('Subject: Une ligne', '\tet sa suite', 'MESSAGE-ID: <a@b>', 'subject: une autre');
    expect([...e]).toEqual([
      ['subject', 'Une ligne et sa suite'],
      ['message-id', '<a@b>'],
    ]);
  });

  test('ce qu’écrit un programme est reconnu ; ce qu’écrit une personne ne l’est pas', () => {
    for (const [ligne, dit] of [
      ['Auto-Submitted: auto-replied', 'réponse automatique'],
      ['Auto-Submitted: auto-generated (rejected)', 'réponse automatique'],
      ['Precedence: bulk', 'réponse automatique'],
      ['X-Autoreply: yes', 'réponse automatique'],
      ['List-Id: <bulletin.exemple.fr>', 'liste de diffusion'],
      ['Content-Type: multipart/report; report-type=delivery-status', 'avis de remise'],
      ['Message-ID: <0f8fad5b-d9cb-469f-a165-70867728950e@concorde.exemple>', 'boucle'],
      ['Auto-Submitted: no', null],
      ['Message-ID: <0f8fad5b-d9cb-469f-a165-70867728950e@ailleurs.exemple>', null],
      ['Precedence: first-class', null],
    ] as const)
      expect([ligne, ecarter(ligne)]).toEqual([ligne, dit]);
    expect(pourquoiLEcarter(tete(), '', 'x')).toBe('avis de remise');
    expect(pourquoiLEcarter(tete(), 'MAILER-DAEMON@exemple.fr', 'x')).toBe('avis de remise');
  });

  test('un message sans nom en reçoit un de son contenu', () => {
    const nom = (t: string) => nomDuMessage(lireEntetes(Buffer.from(t)), Buffer.from(t));
    expect(nom('Message-ID: <a@b>\r\n\r\nx')).toBe('<a@b>');
    expect(nom('Subject: a\r\n\r\nx')).toMatch(/^sha256:/);
    expect(nom('Subject: a\r\n\r\nx')).not.toBe(nom('Subject: a\r\n\r\ny'));
  });

  test('une adresse est d’ici ou ne l’est pas, quelle que soit sa casse', () => {
    expect(lireAdresse('Collecte+AbC@Reponses.Exemple.fr', 'reponses.exemple.fr')).toEqual({ boite: 'collecte', etiquette: 'abc' });
    expect(lireAdresse('collecte@reponses.exemple.fr', 'reponses.exemple.fr')).toEqual({ boite: 'collecte', etiquette: '' });
    for (const a of ['collecte@exemple.fr', 'collecte', '@reponses.exemple.fr', 'a b@reponses.exemple.fr', 'a@b@reponses.exemple.fr'])
      expect([a, lireAdresse(a, 'reponses.exemple.fr')]).toEqual([a, null]);
  });
});
