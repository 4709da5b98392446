import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  avecContestations,
  chiffresPublics,
  compterRetraits,
  empreinteContenu,
  expurger,
  lireBlocs,
  nettoyerTexte,
  RETIRE,
  suspects,
} from './contenu.rules.ts';
import { direSansPreuve } from '../preparation/propositions.rules.ts';
import { decisionEcrite, dossierEcrit, participantEcrit, pointEcrit, releveContenu, SIGNES } from './documents.fixtures.ts';
import { ecrireReleve } from './ecriture.rules.ts';
import type { DossierDePoint, PointEcrit } from './releve.modele.ts';
import { ouvrirMesure } from '../../../../tests/support/mesure.ts';

// The same inputs every time, so that a failure is someone's change.
fc.configureGlobal({ seed: Number(process.env.CONCORDE_GRAINE ?? 20261124) });

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><style>p.MsoNormal {color:red}</style></head><body>
<!--StartFragment--><!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<p class="MsoNormal">Le commissaire pr&eacute;sente
le bilan&nbsp;: <b>12</b> faits, 3 &lt; 4.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Première</p>
<p class=MsoListParagraphCxSpLast><span>o<span>&nbsp;&nbsp; </span></span>Seconde<o:p>&nbsp;</o:p></p>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p><table><tr><td><p class="MsoNormal">Mois</p></td><td>Faits</td></tr><tr><td>Mai</td><td>7</td></tr></table></body></html>`;

describe('Le texte tapé ou collé', () => {
  test('perd les balises de Word et garde ses paragraphes, ses puces et ses tableaux', () => {
    expect(nettoyerTexte(WORD)).toBe('Le commissaire présente le bilan\u00a0: 12 faits, 3 < 4.\n\n- Première\n- Seconde\n\nMois ; Faits\nMai ; 7');
  });

  test.each([
    ['a < b et c > d', 'a < b et c > d'],
    ['si a <b et c> d', 'si a <b et c> d'],
    ['écrire à <prevention@ville.test>', 'écrire à <prevention@ville.test>'],
    ['tom &amp; jerry', 'tom &amp; jerry'],
    ['§ 3 du règlement', '§ 3 du règlement'],
    ['ou bien\nnon', 'ou bien\nnon'],
    ['l’été «\u202fbleu\u202f»\u202f: 1\u202f204\u00a0€', 'l’été «\u202fbleu\u202f»\u202f: 1\u202f204\u00a0€'],
  ])('sans balise, reste tel qu’il est : %s', (brut, net) => expect(nettoyerTexte(brut)).toBe(net));

  test.each([
    ['·\tUn\r\n\r\n·\tDeux\r\no\tTrois\fPage 2', '- Un\n- Deux\n- Trois\n\nPage 2'],
    ['• un\n– deux\n* trois\n\uf0b7 quatre', '- un\n- deux\n- trois\n- quatre'],
    ['“Bonjour” l\u00adéton\u200bnant pré\u2011ado', '«\u202fBonjour\u202f» létonnant pré-ado'],
    ['l\u0092été\u0085', 'l’été…'],
    ['a\n\n\n\n\nb  \u00a0 c\t d', 'a\n\nb c d'],
    ['<p>3 < 4 et a<b</p>', '3 < 4 et a<b'],
    ['<script>alert(1)</script><p onclick="x()">Bon</p>', 'Bon'],
    ['<!-- jamais fermé <p>texte</p>', '<!-- jamais fermé\n\ntexte'],
    ['👩\u200d🚒 a\u200db', '👩\u200d🚒 ab'],
  ])('se nettoie : %j', (brut, net) => expect(nettoyerTexte(brut)).toBe(net));

  const mots = fc.array(
    fc.constantFrom(
      'rue',
      'été,',
      'a',
      '<',
      '>',
      '3',
      '&',
      '- x',
      '• y',
      'o\tz',
      '\n',
      '\n\n',
      '\r\n',
      '\u00a0',
      '“',
      '”',
      '«',
      ':',
      '\u2011',
      '\f',
      '**',
      '#',
    ),
    { maxLength: 30 },
  );
  test('nettoyer deux fois ne change plus rien', () => {
    fc.assert(
      fc.property(mots, (m) => {
        const net = nettoyerTexte(m.join(' '));
        expect(nettoyerTexte(net)).toBe(net);
      }),
    );
  });
  test('aucun texte ne l’arrête ni ne l’attarde', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (t) => typeof nettoyerTexte(t) === 'string'));
    for (const t of ['<!--', '<style>', '<p a="', '“ ', '<![if', '• ', '<']) {
      const cout = ouvrirMesure();
      nettoyerTexte(`<b>x</b>${t.repeat(20_000)}`);
      expect(cout()).toBeLessThan(2000);
    }
  });

  test('se lit en paragraphes et en puces', () => {
    expect(lireBlocs('a\nb\n\n- x\n\n- y\nc\r\n\r\n\r\n-\nd')).toEqual([
      { type: 'para', lignes: ['a', 'b'] },
      { type: 'liste', puces: ['x', 'y'] },
      { type: 'para', lignes: ['c'] },
      { type: 'para', lignes: ['d'] },
    ]);
    expect(lireBlocs(' \n')).toEqual([]);
  });
});

describe('L’empreinte d’un contenu', () => {
  test('ne dépend ni des approbations ni du numéro, et dépend de tout le reste', () => {
    const e = empreinteContenu(releveContenu());
    expect(empreinteContenu(releveContenu({ approbations: [], numero: null }))).toBe(e);
    expect(empreinteContenu(releveContenu({ motif: 'autre' }))).not.toBe(e);
    // Who contests their presence speaks beside the text: what presidents approved of it stands.
    const [un, ...autres] = releveContenu().participants;
    const conteste = { ...participantEcrit(un), participant: 'p1', contestee: { par: 'Anne Lemoine', motif: 'J’y étais' } };
    expect(empreinteContenu(releveContenu({ participants: [conteste, ...autres] }))).toBe(e);
    expect(empreinteContenu(releveContenu({ participants: [{ ...conteste, presence: 'absent' }, ...autres] }))).not.toBe(e);
    expect(empreinteContenu(releveContenu({ points: [pointEcrit({ notes: 'autre' })] }))).not.toBe(e);
  });
});

const nomme = releveContenu({
  motif: 'M. Roux était absent',
  points: [
    pointEcrit({
      titre: 'Situation de M. Roux',
      rapporteur: 'Mme Claire Durand',
      notes: 'M. Roux habite 12 bis, rue de la Paix, 99001 Valbourg. Appeler le 06 12 34 56 78.\nDurand confirme (roux@exemple.test, AB-123-CD).',
      dossier: dossierEcrit({ faits: ['M.\u00a0Roux a saisi la mairie'], enregistrements: [{ libelle: 'Plainte', jour: '', href: '/x?q=M.+Roux' }] }),
      decisions: [
        decisionEcrite({ libelle: 'Écrire à M. Roux' }),
        decisionEcrite({ numero: 'D2', responsable: 'Paul Royer, Valbourg Habitat', organisation: undefined }),
      ],
      votes: [{ objet: 'Aide à M. Roux', pour: 1, contre: 0, abstention: 0, resultat: 'adopté' }],
    }),
  ],
});

describe('L’expurgation', () => {
  test('retire les personnes, garde les sièges et les organisations', () => {
    const c = expurger(nomme, []);
    expect(c.participants[1]).toMatchObject({ fonction: 'Préfète', organisation: 'Préfecture', presence: 'represente', nom: '', representePar: '' });
    expect(c.approbations).toEqual([{ fonction: 'Maire de Valbourg', par: '', piece: '', quand: '2027-01-04T09:30:00Z' }]);
    expect(c.points[0]?.decisions.map((d) => d.responsable)).toEqual(['Ville de Valbourg', 'Valbourg Habitat']);
    // A person of the list is told by their seat.
    expect(c.points[0]?.rapporteur).toBe('Directrice de la prévention');
  });

  test('ne laisse pas le nom d’un responsable qui n’a pas d’organisation à part', () => {
    const responsable = (r: string) =>
      expurger(releveContenu({ points: [], decisions: [decisionEcrite({ responsable: r, organisation: undefined })] }), []).decisions[0]?.responsable;
    expect(responsable('Hugo Petit, Préfecture')).toBe('Préfecture');
    expect(responsable('Préfecture, Hugo Petit')).toBe('Préfecture');
    expect(responsable('Association hors de la séance')).toBe('Association hors de la séance');
    expect(responsable('Jean Inconnu, Association hors de la séance')).toBe(RETIRE);
    expect(responsable('Hugo Petit')).toBe(RETIRE);
    expect(responsable('Mme Petit')).toBe(RETIRE);
  });

  test('retire un passage partout où il est, espaces et liens compris', () => {
    const c = expurger(nomme, ['M. Roux']);
    expect(JSON.stringify(c)).not.toMatch(/Roux/);
    expect(c.points[0]?.titre).toBe(`Situation de ${RETIRE}`);
    expect(c.points[0]?.dossier?.enregistrements[0]).toEqual({ libelle: 'Plainte', jour: '', href: '' });
    expect(compterRetraits(nomme, ['M. Roux'])).toBe(6);
    expect(compterRetraits(nomme, [])).toBe(0);
  });

  test('retire en entier des passages qui se chevauchent', () => {
    const c = expurger(releveContenu({ points: [pointEcrit({ notes: 'Vu Jean Dupont habite ici' })] }), ['Jean Dupont', 'Dupont habite', ' ', '']);
    expect(c.points[0]?.notes).toBe(`Vu ${RETIRE} ici`);
  });

  test('après elle, aucun passage ne reste dans les textes', () => {
    const texte = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.constantFrom('a', 'b', ' ', 'é', "l'", '(', '.'), { maxLength: 12 }).map((x) => x.join('')),
    );
    fc.assert(
      fc.property(texte, texte, fc.array(texte, { maxLength: 3 }), fc.nat(40), (notes, libelle, autres, coupe) => {
        const retraits = [...autres, notes.slice(coupe % (notes.length + 1)), libelle.slice(0, 3)].map((r) => r.trim());
        const c = expurger(
          releveContenu({
            points: [
              pointEcrit({
                titre: libelle,
                notes,
                dossier: dossierEcrit({ faits: [notes], source: { libelle, href: '/x' } }),
                votes: [{ objet: notes, pour: 1, contre: 0, abstention: 0, resultat: 'adopté' }],
              }),
            ],
            decisions: [decisionEcrite({ libelle: notes, responsable: `Ville, ${libelle}`, organisation: 'Ville' })],
          }),
          retraits,
        );
        const p = c.points[0];
        const restes = [p?.titre, p?.notes, p?.dossier?.faits[0], p?.dossier?.source?.libelle, p?.votes[0]?.objet, c.decisions[0]?.libelle].flatMap((t) =>
          (t ?? '').split(RETIRE),
        );
        for (const r of retraits.filter(Boolean)) for (const t of restes) expect(t.includes(r)).toBe(false);
        expect([p?.etat, p?.genre, c.seance.jour, c.decisions[0]?.nature]).toEqual(['traite', 'libre', '2026-12-15', 'decision']);
      }),
    );
  });
});

describe('Les chiffres que le public lit', () => {
  const lire = (genre: PointEcrit['genre'], d: Partial<DossierDePoint>, publics = ['1.6-02']) =>
    chiffresPublics(releveContenu({ points: [pointEcrit({ genre, dossier: dossierEcrit({ lieux: [], enregistrements: [], ...d }) })] }), (id) =>
      publics.includes(id),
    ).points[0]?.dossier;
  const chiffresDe = (d: DossierDePoint | null | undefined) => d?.chiffres.map((x) => x.id);

  test('d’une fiche sur une mesure réservée, rien ne reste ; sur une mesure de tous, tout', () => {
    const source = { libelle: 'La preuve de ce chiffre', href: '/chiffres/1.6-01?periode=2026-S1&territoire=valbourg' };
    const entiere = dossierEcrit({ source });
    expect(lire('lieu', entiere)).toEqual({ ...entiere, faits: [], chiffres: [], lieux: [], enregistrements: [], reserve: true });
    expect(lire('chiffre', { ...entiere, faits: ['Reporté de la séance du 3 mars 2026.', ...entiere.faits] })?.faits).toEqual([]);
    expect(lire('lieu', entiere, ['1.6-01'])).toEqual(entiere);
  });

  test('d’une fiche sur plusieurs, restent ceux de tous et ce que des personnes ont écrit ; ce qui compte les autres s’en va', () => {
    const exposes = lire('libre', { faits: ['Le square ferme à 20 h.'] });
    expect([chiffresDe(exposes), exposes?.faits, exposes?.reserve]).toEqual([['1.6-02'], ['Le square ferme à 20 h.'], true]);
    const bouges = { faits: ['3\u00a0chiffres ont nettement bougé au 1er semestre 2026.'] };
    expect(lire('chiffre', bouges)?.faits).toEqual(['Au 1er semestre 2026.']);
    expect(lire('chiffre', bouges, [])).toMatchObject({ faits: [], chiffres: [], reserve: true });
    const manquants = ['2\u00a0chiffres manquent sur 9 pour 2025.'];
    expect(lire('chiffre', { faits: manquants })?.faits).toEqual(manquants);
    // Evidence is counted over every source, whatever is shown of them.
    const preuves = direSansPreuve({ annee: '2026', sans: 2, engagements: 9, comptes: 3, titre: 'Rixes' });
    const tous = ['1.6-01', '1.6-02', '1.6-03'];
    const sansPreuve = lire('preuve', { faits: ['Reporté de la séance du 3 mars 2026.', preuves, '1.6-R2.5 Rencontrer'] }, tous);
    expect([sansPreuve?.faits, chiffresDe(sansPreuve), sansPreuve?.reserve]).toEqual([['Reporté de la séance du 3 mars 2026.'], tous, true]);
    // Told by place, and of no measure that can be read: nobody knows whose it is.
    expect(lire('libre', { lieux: [{ nom: 'Rives', valeur: 2, avant: null }] }, tous)?.lieux).toEqual([]);
    const libre = dossierEcrit({ lieux: [] });
    expect(lire('libre', libre, tous)).toEqual(libre);
  });
});

describe('Les passages proposés au retrait', () => {
  const dans = (notes: string) =>
    suspects(
      releveContenu({ participants: [], approbations: [], points: [pointEcrit({ notes, rapporteur: '' })] }),
      new Set(['Belleville', 'PJJ', 'RATP']),
    ).map((s) => s.passage);

  test.each([
    ['Vu M. Dupont, Mme de La Tour et Monsieur Le Goff.', ['M. Dupont', 'Mme de La Tour', 'Monsieur Le Goff']],
    ['Mme Éloïse Petit-Jean parle à M. D. hier', ['Mme Éloïse Petit-Jean', 'M. D.']],
    ['MM. Roux et Blanc', ['MM. Roux et Blanc']],
    ['jean.roux@exemple.test ; 06.12.34.56.78 ou +33 1 44 55 66 77', ['jean.roux@exemple.test', '06.12.34.56.78', '+33 1 44 55 66 77']],
    ['voiture AB-123-CD, scooter 1234 XY 99', ['AB-123-CD', '1234 XY 99']],
    ['8 rue des lilas puis 10 boulevard du 8 mai 1945, 99000 Valbourg', ['8 rue des lilas', '10 boulevard du 8 mai 1945, 99000 Valbourg']],
    ['3 place de la République. 4 faits', ['3 place de la République']],
    ['Suivre le cas de Kevin D. avec la PJJ', ['Kevin D.']],
    ['Le jeune Lucas Martin, 14 ans, et Inès, 15 ans', ['Lucas Martin', 'Inès']],
    ['Le jeune Yanis et le jeune K. ; les parents de Fatou', ['Yanis', 'K.', 'Fatou']],
    ['La famille Diallo et le fils de Karim Dulac', ['Diallo', 'Karim Dulac']],
  ])('%s', (notes, attendus) => expect(dans(notes)).toEqual(attendus));

  test.each([
    'Monsieur le Préfet et Madame la Maire saluent.',
    'Madame, Monsieur,',
    '12 cours de soutien, 3 places libres',
    'le 17, le 3919, 1 204 faits en 2026',
    'Les jeunes de Belleville, le suivi de la PJJ, la situation de la RATP et le cas du collège Georges Brassens.',
    'Fiche D. Le dossier de la Ville ; les jeunes sont reçus le mercredi. Axe A.',
    SIGNES,
  ])('rien dans : %s', (notes) => expect(dans(notes)).toEqual([]));

  test('un nom de famille retiré emporte le prénom qui le précède ; un lieu et un sigle du contrat ne sont personne', () => {
    const c = (notes: string) => releveContenu({ points: [pointEcrit({ notes, rapporteur: '' })] });
    expect(suspects(c('Vu Hugo Garnier hier, avec Garnier.')).map((s) => s.passage)).toEqual(['Hugo Garnier', 'Garnier']);
    expect(suspects(c('Les jeunes Grand Belleville, le suivi de DPMP'), new Set(['Grand Belleville', 'DPMP']))).toEqual([]);
  });

  test('disent où ils sont, une fois chacun, avec les noms des participants cités sans civilité', () => {
    const tous = suspects(nomme);
    expect(tous.find((s) => s.passage === 'M. Roux')).toEqual({
      passage: 'M. Roux',
      nature: 'personne',
      ou: ['Motif du rectificatif', 'Point 1, titre', 'Point 1, notes', 'Décision D1', 'Point 1, vote'],
    });
    expect(tous.find((s) => s.passage === 'Durand')).toMatchObject({ nature: 'personne', ou: ['Point 1, notes'] });
    expect(tous.map((s) => s.nature)).toEqual(expect.arrayContaining(['personne', 'courriel', 'telephone', 'plaque', 'adresse']));
  });

  test('une fois retirés, plus rien n’est proposé', () => {
    const c = expurger(
      nomme,
      suspects(nomme).map((s) => s.passage),
    );
    expect(suspects({ ...c, participants: nomme.participants.map((p) => participantEcrit({ ...p })) })).toEqual([]);
  });
});

test('le public lit d’où vient un point et par où l’on a répondu, jamais qui', () => {
  const c = releveContenu({
    participants: [
      {
        ...participantEcrit(),
        ...{ nom: 'Ada Petit', presence: 'represente', representePar: 'Bo Li', contestee: { par: 'Bo Li', motif: 'Non', parLien: true } },
        representant: { dit: 'Cy Doe', suivi: false, note: 'noté par Nadia B.' },
      },
    ],
    points: [{ ...pointEcrit(), genre: 'demande', acceptePar: 'Ville de Paris' }],
    approbations: [
      {
        fonction: 'Maire',
        par: 'Ada Petit',
        piece: '',
        quand: '',
        notee: { par: 'N. B.', de: 'DPMP', reponse: 'contestee', reponsePar: 'Ada Petit', reponseParLien: true },
      },
      { fonction: 'Préfet', par: 'Paul M.', piece: '', quand: '', notee: { par: 'N. B.', de: 'DPMP', sansAdresse: true } },
    ],
  });
  const lu = (x: typeof c) => JSON.stringify(ecrireReleve(x, 'compte-rendu').blocs).replace(/[\u00a0\u202f]/g, ' ');
  const public_ = lu(expurger(c, []));
  for (const dit of [
    'Contribution d’un habitant, acceptée par Ville de Paris',
    'contestée par le lien envoyé à l’adresse de la convocation',
    'contestée depuis par le lien envoyé à l’adresse de la convocation de la présidence',
    'personne n’a pu en être prévenu',
  ])
    expect(public_).toContain(dit);
  for (const nom of ['Ada', 'Bo Li', 'Cy Doe', 'Nadia', 'Paul', 'N. B.', 'Demande d’un membre']) expect(public_).not.toContain(nom);
  const membres = lu(c);
  for (const dit of [
    'autrement que sa réponse',
    'noté par Nadia B.',
    'disait « représenté par Cy Doe »',
    'contestée par le lien envoyé à l’adresse de la convocation de Bo Li',
  ])
    expect(membres).toContain(dit);
});

describe('Une présence contestée', () => {
  const siege = (participant?: string) => ({
    ...participantEcrit({ fonction: 'Conseillère', organisation: 'DPMP', nom: 'Personne b', presence: 'absent' as const }),
    ...(participant ? { participant } : {}),
  });
  const connue = (participant: string, o: object = {}) => ({
    ...{ participant, fonction: 'Conseillère', organisation: 'DPMP', nom: `Personne ${participant}`, presence: 'absent' as const, representePar: '' },
    ...{ par: `Personne ${participant}`, motif: 'J’y étais', ...o },
  });
  const marquees = (c: ReturnType<typeof releveContenu>, ...connues: ReturnType<typeof connue>[]) =>
    avecContestations(c, connues, false)
      .participants.map((p) => (p.contestee ? 'x' : '.'))
      .join('');

  test('ne marque que la ligne de qui la conteste, fût-elle semblable aux autres ; ancienne, elle ne sert qu’une fois', () => {
    expect(marquees(releveContenu({ participants: ['a', 'b', 'c'].map(siege) }), connue('b'))).toBe('.x.');
    expect(marquees(releveContenu({ participants: [siege(), siege(), siege()] }), connue('b'))).toBe('x..');
    expect(marquees(releveContenu({ participants: ['a', 'b'].map(siege) }), connue('b', { presence: 'excuse' }))).toBe('..');
  });

  test('reste dite d’un relevé arrêté quand un organisme change de nom ou qu’une fonction est coupée, et s’ôte quand son auteur la reprend', () => {
    const contestee = { par: 'Personne b', motif: 'J’y étais' };
    const renommee = connue('b', { organisation: 'Direction nouvelle', fonction: 'Autre' });
    for (const participant of ['b', undefined])
      expect(marquees(releveContenu({ participants: [siege('a'), { ...siege(participant), contestee }] }), renommee)).toBe('.x');
    expect(marquees(releveContenu({ participants: [{ ...siege('b'), contestee }] }))).toBe('.');
  });

  test('n’est lue du public que de la ligne qui dit encore ce qui fut contesté : elle se retrouve dans le texte arrêté, qui a les noms', () => {
    const represente = (participant: string | undefined, representePar: string) => ({ ...siege(participant), presence: 'represente' as const, representePar });
    const dite = connue('b', { presence: 'represente', representePar: 'Alice' });
    for (const participant of ['b', undefined]) {
      const publiques = (par: string) => {
        const arrete = releveContenu({ participants: [represente('a', 'Alice'), represente(participant, par)] });
        return avecContestations(expurger(arrete, ['Conseillère']), [dite], false, arrete).participants.map((p) => p.contestee ?? null);
      };
      // Corrected since: another stood in.
      expect([publiques('Alice'), publiques('Benoît')]).toEqual([
        [null, { par: '', motif: '' }],
        [null, null],
      ]);
    }
  });
});
