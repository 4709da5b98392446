import { readFileSync } from 'node:fs';
import { findAll, textContent } from 'domutils';
import * as fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Relais } from '../relais/relais.schema.ts';
import { estPermise } from './adresse.ts';
import { ecrireCap, momentCap } from './cap.format.ts';
import { lireCap, OCTETS_MAX } from './cap.lire.ts';
import { capDAlerte, capDuRelais as capDuRelaisNu, motsDuCap } from './cap.rules.ts';
import type { Cap } from './cap.types.ts';

const XSD = readFileSync(new URL('./cap-1.2.xsd', import.meta.url), 'utf8');
const PARIS = 'Europe/Paris';
const capDuRelais = aLHeureDeParis(capDuRelaisNu);
const relais: Relais = {
  fiches: [],
  commande: 'Le préfet dirige les secours et alerte la population.',
  relais: 'La ville relaie ses messages, sans les changer.',
  origines: ['PP'],
  genres: [{ code: 'inondation', libelle: 'Inondation, crue', cap: ['Geo', 'Met'] }],
  sites: { PP: ['police.exemple'] },
  confirmation: 60,
  duree: { proposee: 6, max: 168 },
};
const catalogue = {
  territoires: new Map([['lieu', { id: 'lieu', nom: '7e arrondissement', type: 'arrondissement', code: '75107' }]]),
  nomActeur: (id: string) => (id === 'PP' ? 'Préfecture & Police' : id),
} as unknown as Pick<Catalogue, 'territoires' | 'nomActeur'>;
const ou = { relais, catalogue, adresse: 'https://concorde.exemple', contrat: 'paris' };
const message = {
  id: '0190-1',
  genre: 'inondation',
  titre: 'Crue : « quais » fermés <bas>',
  texte: '  Les quais bas sont fermés.\n\nN’y allez pas & restez à l’écart.\n',
  empreinte: 'ab'.repeat(32),
  origineId: 'PP',
  origineLe: new Date('2026-03-14T17:00:00Z'),
  origineEmetteur: '',
  origineIdentifiant: '',
  origineLien: '',
  territoireId: 'lieu',
  exercice: false,
  relayeLe: new Date('2026-03-14T17:05:00Z'),
  organisationId: 'SCOP',
  expireLe: new Date('2026-03-29T20:00:00Z'),
  finiLe: null,
  fin: null,
  recopie: false,
  aConfirmerAvant: null,
  confirmeLe: null,
};
const dire = (c: Cap) => ecrireCap(c, PARIS);
const lus = (c: string) => lireCap(Buffer.from(c));
/** By a reader that shares nothing with ours. */
const balise = (xml: string, nom: string): string[] =>
  findAll((e) => e.name === nom, parseDocument(xml, { xmlMode: true }).children).map((e) => textContent(e));
async function fautes(xmls: readonly string[]): Promise<string[]> {
  const r = await validateXML({ xml: xmls.map((contents, n) => ({ fileName: `${n}.xml`, contents })), schema: [XSD] });
  return r.errors.map((e) => e.message);
}

describe('CAP 1.2', () => {
  test('les heures portent leur décalage, jamais « Z », et UTC s’écrit -00:00', () => {
    const t = new Date('2026-03-14T17:05:00.250Z');
    expect([momentCap(t, PARIS), momentCap(new Date('2026-07-14T17:05:00Z'), PARIS), momentCap(t, 'UTC')]).toEqual([
      '2026-03-14T18:05:00+01:00',
      '2026-07-14T19:05:00+02:00',
      '2026-03-14T17:05:00-00:00',
    ]);
  });

  test('un relais est public et cite son origine ; remplacé, retiré, joué : chacun est valide et se relit', async () => {
    const vif = dire(capDuRelais(message, { ...ou, precedents: [] }));
    const misAJour = dire(capDuRelais({ ...message, id: '0190-2' }, { ...ou, precedents: [message] }));
    const retire = dire(capDuRelais({ ...message, fin: 'retire', finiLe: new Date('2026-03-14T18:00:00Z') }, { ...ou, precedents: [] }));
    const attend = dire(capDuRelais({ ...message, recopie: true, aConfirmerAvant: new Date('2026-03-14T18:05:00Z') }, { ...ou, precedents: [] }));
    const confirme = dire(
      capDuRelais({ ...message, aConfirmerAvant: new Date('2026-03-14T18:05:00Z'), confirmeLe: new Date('2026-03-14T17:20:00Z') }, { ...ou, precedents: [] }),
    );
    const joue = dire(capDuRelais({ ...message, exercice: true }, { ...ou, precedents: [] }));
    const prive = dire({
      ...capDuRelais(message, { ...ou, precedents: [] }),
      portee: 'Private',
      adresses: ['Commissariat du 7e', 'SCOP'],
      references: [],
      genre: 'Alert',
    });
    expect(await fautes([vif, misAJour, retire, joue, prive, attend, confirme])).toEqual([]);
    const champs = (x: string) => ['status', 'msgType', 'scope', 'restriction'].map((n) => balise(x, n)[0] ?? '');
    expect([vif, misAJour, retire, joue].map(champs)).toEqual([
      ['Actual', 'Alert', 'Public', ''],
      ['Actual', 'Update', 'Public', ''],
      ['Actual', 'Cancel', 'Public', ''],
      ['Exercise', 'Alert', 'Restricted', 'Participants à l’exercice'],
    ]);
    expect([balise(attend, 'note')[0], balise(attend, 'source')[0]]).toEqual([
      expect.stringMatching(/^Texte recopié par SCOP le .*À confirmer : une seule personne/),
      expect.stringContaining('Texte recopié par SCOP'),
    ]);
    expect([balise(confirme, 'msgType')[0], balise(confirme, 'references')[0]]).toEqual([
      'Update',
      expect.stringContaining('relais-0190-1,2026-03-14T18:05:00+01:00'),
    ]);
    expect(balise(vif, 'references')).toEqual([`PP,sha256-${message.empreinte},2026-03-14T18:00:00+01:00`]);
    expect(balise(misAJour, 'references')[0]).toContain('paris@concorde.exemple,relais-0190-1,2026-03-14T18:05:00+01:00');
    expect(balise(retire, 'references')[0]).toContain('relais-0190-1,');
    expect(balise(vif, 'description')).toEqual([message.texte]);
    expect([balise(vif, 'expires'), balise(vif, 'headline'), balise(vif, 'value')]).toEqual([['2026-03-29T22:00:00+02:00'], [message.titre], ['75107']]);
    expect(balise(prive, 'addresses')).toEqual(['"Commissariat du 7e" SCOP']);
    const lu = lus(vif);
    expect(lu.ok && motsDuCap(lu.cap)).toMatchObject({ titre: message.titre, texte: message.texte, exercice: false });
    // What may not be passed on is not.
    const l2 = [retire, prive].map(lus);
    expect(l2.map((l) => l.ok && motsDuCap(l.cap))).toEqual([null, null]);
  });

  test('une alerte reste entre ceux qu’elle prévient ; levée, elle s’annule ; jouée, elle le dit', async () => {
    const alerte = {
      id: '0190-9',
      palier: 'grave',
      genre: 'rixe',
      territoireId: 'lieu',
      lieu: 'Devant le gymnase',
      debut: new Date('2026-03-14T17:00:00Z'),
      faits: 'Affrontement en cours.',
      exercice: false,
      etat: 'diffusee' as const,
      auteurOrganisation: 'PP',
      ecriteLe: new Date('2026-03-14T17:01:00Z'),
      diffuseeLe: new Date('2026-03-14T17:02:00Z'),
      leveeLe: null,
      represaillesJusqua: null,
      survenue: true,
    };
    const listes = new Map([
      ['paliers-d-alerte', [{ code: 'grave', libelle: 'Grave ou mortelle' }]],
      ['genres-d-alerte', [{ code: 'rixe', libelle: 'Rixe' }]],
    ]);
    const quand = (heure: string) => ({ ...o, maintenant: new Date(heure) });
    const o = {
      ...ou,
      maintenant: new Date('2026-03-14T17:10:00Z'),
      catalogue: { ...catalogue, listes, nomActeurA: catalogue.nomActeur } as unknown as Catalogue,
      palier: { procedure: true },
    };
    const over = { ...alerte, leveeLe: new Date('2026-03-14T19:00:00Z'), represaillesJusqua: new Date('2026-03-17T19:00:00Z') };
    const [vive, guet, finie, sansGuet, jouee, attend] = [
      capDAlerte(alerte, o),
      capDAlerte(over, quand('2026-03-15T08:00:00Z')),
      capDAlerte(over, quand('2026-03-17T19:00:00Z')),
      capDAlerte({ ...over, represaillesJusqua: null }, quand('2026-03-14T19:00:00Z')),
      capDAlerte({ ...alerte, exercice: true }, o),
      capDAlerte({ ...alerte, diffuseeLe: null, survenue: false }, o),
    ].map(dire);
    const dites = [vive, guet, finie, sansGuet, jouee, attend].map((x) => x ?? '');
    expect(await fautes(dites)).toEqual([]);
    expect(dites.map((x) => ['status', 'msgType', 'responseType', 'severity', 'certainty'].map((n) => balise(x, n)[0]))).toEqual([
      ['Actual', 'Alert', 'Prepare', 'Severe', 'Observed'],
      // An answer is feared: what received the alert watches, and does not put it out.
      ['Actual', 'Update', 'Monitor', 'Severe', 'Possible'],
      ['Actual', 'Cancel', 'AllClear', 'Severe', 'Observed'],
      ['Actual', 'Cancel', 'AllClear', 'Severe', 'Observed'],
      ['Exercise', 'Alert', 'Prepare', 'Severe', 'Observed'],
      ['Draft', 'Alert', 'Prepare', 'Severe', 'Possible'],
    ]);
    expect(dites.every((x) => balise(x, 'scope')[0] === 'Restricted')).toBe(true);
    const premier = 'paris@concorde.exemple,alerte-0190-9,2026-03-14T18:02:00+01:00';
    const levee = 'paris@concorde.exemple,alerte-0190-9-levee,2026-03-14T20:00:00+01:00';
    expect([guet, finie, sansGuet].map((x) => balise(x ?? '', 'references')[0])).toEqual([premier, `${premier} ${levee}`, premier]);
    expect([guet, finie].map((x) => balise(x ?? '', 'identifier')[0])).toEqual(['alerte-0190-9-levee', 'alerte-0190-9-fin']);
    expect(dites.every((x) => lus(x).ok)).toBe(true);
    expect(lus(vive ?? '').ok && balise(vive ?? '', 'headline')).toEqual(['Grave ou mortelle, 7e arrondissement']);
  });

  test('un titre trop court laisse la place à ce qui le suit ; sans rien de lisible, rien ne se relaie', () => {
    const c = capDuRelais(message, { ...ou, precedents: [] });
    const dit = (titre: string, evenement: string, description: string) =>
      motsDuCap({ ...c, infos: c.infos.map((i) => ({ ...i, titre, evenement, description })) })?.titre;
    expect([dit('Crue', 'x', 'Quais fermés.'), dit('', 'Crue', 'Quais fermés.'), dit('a', 'b', 'Quais  fermés.')]).toEqual(['Crue', 'Crue', 'Quais fermés.']);
    expect(dit('', 'b', 'c')).toBeUndefined();
  });

  test('rien ne sort plus ouvert que permis', () => {
    const c = capDuRelais(message, { ...ou, precedents: [] });
    expect(() => dire({ ...c, references: [] })).toThrow('relais');
    expect(() => dire({ ...c, portee: 'Restricted' })).toThrow('à qui');
    expect(() => dire({ ...c, portee: 'Private' })).toThrow('adressé');
  });

  test('ce qui est écrit se relit mot pour mot', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }).filter((t) => t.trim() !== '' && !/\p{Cc}|\p{Cs}|[\ufffe\uffff]/u.test(t)),
        (texte) => {
          const lu = lus(dire(capDuRelais({ ...message, texte }, { ...ou, precedents: [] })));
          expect(lu.ok && lu.cap.infos[0]?.description).toBe(texte);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('ce qui est dangereux ou faux est refusé, en disant quoi', async () => {
    const vrai = dire(capDuRelais(message, { ...ou, precedents: [] }));
    const changer = (de: string | RegExp, vers: string) => vrai.replace(de, vers);
    const refus = (x: string | Buffer): string => {
      const lu = lireCap(Buffer.from(x));
      return lu.ok ? 'lu' : lu.message;
    };
    const bombe = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "${'x'.repeat(50)}"><!ENTITY b "&a;&a;&a;&a;">]>${vrai.slice(vrai.indexOf('<alert'))}`;
    const xxe = `<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>${vrai.slice(vrai.indexOf('<alert')).replace('Crue', '&f;')}`;
    expect([refus(bombe), refus(xxe)]).toEqual([expect.stringContaining('DOCTYPE'), expect.stringContaining('DOCTYPE')]);
    expect(refus(changer('Crue', '&inconnue;'))).toContain('bien formé');
    expect(refus(vrai.slice(0, 300))).toContain('bien formé');
    expect(refus('<alert>')).toContain('CAP 1.2');
    expect(refus(changer(/cap:1\.2/, 'cap:1.1'))).toContain('CAP 1.2');
    expect(refus(changer(/<sent>[^<]*/, '<sent>2026-03-14T17:05:00Z'))).toContain('sans « Z »');
    expect(refus(changer('>Actual<', '>Vrai<'))).toContain('Actual');
    expect(refus(changer(/<identifier>[^<]*<\/identifier>/, ''))).toContain('identifier');
    expect(refus(changer('>Public<', '>Restricted<'))).toContain('restriction');
    expect(refus(changer('>Alert<', '>Cancel<').replace(/<references>.*<\/references>/, ''))).toContain('references');
    expect(refus(changer('<areaDesc>', '<polygon>1,2 3,4 5,6 7,8</polygon><areaDesc>'))).toContain('fermé');
    expect(refus(Buffer.from([0xff, 0xfe, 0x3c]))).toContain('UTF-8');
    expect(refus(' '.repeat(OCTETS_MAX + 1))).toContain('Ko');
    expect(refus(changer('<info>', `${'<info>'.repeat(20)}`))).toContain('trop d’éléments');
    // The schema refuses what we refuse.
    expect((await fautes([changer(/<sent>[^<]*/, '<sent>2026-03-14T17:05:00Z'), changer('>Actual<', '>Vrai<')])).length).toBeGreaterThan(1);
    // A signature is told, not read.
    const signe = lus(vrai.replace('</alert>', '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo/></Signature></alert>'));
    expect(signe.ok && [signe.signe, signe.cap.infos.length]).toEqual([true, 1]);
  });

  test('l’adresse surveillée ne mène jamais chez soi par un nom', () => {
    const noms = ['127.0.0.1', '10.1.2.3', '192.168.1.1', '169.254.169.254', '::1', '::ffff:127.0.0.1', 'fd00::1', '100.64.0.1', '0.0.0.0', 'rien'];
    expect(noms.filter((ip) => estPermise(ip, false))).toEqual([]);
    expect(['93.184.216.34', '2606:2800:220:1::1'].filter((ip) => estPermise(ip, false)).length).toBe(2);
    // Written in figures by who keeps the platform, a machine of the house is meant; what is of no use never is.
    expect(['127.0.0.1', '10.1.2.3', '169.254.169.254', '0.0.0.0'].filter((ip) => estPermise(ip, true))).toEqual(['127.0.0.1', '10.1.2.3']);
  });
});
