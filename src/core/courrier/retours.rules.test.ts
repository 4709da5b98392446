import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createCoffre } from '../coffre.ts';
import { lireAdresse } from './enveloppe.rules.ts';
import { adresseDeRetour, lettreDuRetour, refusDefinitif } from './retours.rules.ts';

const ID = '0190f0aa-1b2c-7d3e-8f40-5a6b7c8d9e0f';
const avis = (o: { action?: string; statut?: string; tete?: string } = {}) =>
  Buffer.from(
    [
      'From: MAILER-DAEMON@relais.exemple',
      o.tete ?? 'Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary="lim"',
      '',
      '--lim',
      'Content-Type: text/plain',
      '',
      'Action: failed, dit le texte',
      '--lim',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; relais.exemple',
      '',
      'Final-Recipient: rfc822; absente@mairie.exemple',
      `Action: ${o.action ?? 'failed'}`,
      `Status: ${o.statut ?? '5.1.1'}`,
      'Diagnostic-Code: smtp; 550 absente@mairie.exemple unknown',
      '',
      '--lim--',
      '',
    ].join('\r\n'),
  );

test('l’adresse d’enveloppe d’une lettre est la sienne, tient dans une adresse, et ne se forge pas', () => {
  const coffre = createCoffre(randomBytes(32));
  const lue = lireAdresse(adresseDeRetour(coffre, ID, 'retours.exemple').toUpperCase(), 'retours.exemple');
  expect([lue?.boite, lettreDuRetour(coffre, lue?.etiquette ?? '')]).toEqual(['retours', ID]);
  expect(adresseDeRetour(coffre, ID, 'x').split('@')[0]?.length).toBeLessThanOrEqual(64);
  expect([lettreDuRetour(createCoffre(randomBytes(32)), lue?.etiquette ?? ''), lettreDuRetour(coffre, 'x'), lettreDuRetour(coffre, ID)]).toEqual([
    null,
    null,
    null,
  ]);
});

test('un avis de refus définitif se lit, sans l’adresse qu’il cite ; un retard, une remise, une réponse automatique ne disent rien', () => {
  expect(refusDefinitif(avis())).toBe('Avis de remise : l’adresse n’a pas reçu la lettre (5.1.1)');
  expect([avis({ action: 'delayed', statut: '4.4.1' }), avis({ action: 'delivered', statut: '2.0.0' }), avis({ statut: '4.2.2' })].map(refusDefinitif)).toEqual(
    [null, null, null],
  );
  expect(
    [avis({ tete: 'Content-Type: multipart/mixed; boundary="lim"' }), Buffer.from('Subject: Absente\r\n\r\nAction: failed\r\nStatus: 5.1.1')].map(
      refusDefinitif,
    ),
  ).toEqual([null, null]);
});
