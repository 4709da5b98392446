/** Creating and changing have separate schemas: what a change does not send, it does not write. */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { changementSchema } from '../../src/modules/comptes/dpo/demandes.schema.ts';
import { saisieSchema } from '../../src/modules/indicateurs/saisie/saisie.schema.ts';
import { buildRelectureSchema, heuresSchema, publicationSchema, texteSchema } from '../../src/modules/seances/cloture/cloture.schema.ts';
import { confidentialiteSchema } from '../../src/modules/seances/confidentialite/confidentialite.schema.ts';
import { enteteSchema } from '../../src/modules/instances/entetes/entetes.schema.ts';
import { membreModifieSchema, reglagesSchema } from '../../src/modules/instances/instance/instance.schema.ts';
import { problemeSchema, publicSchema } from '../../src/modules/instances/problemes/problemes.schema.ts';
import { recurrentSchema } from '../../src/modules/instances/recurrents/recurrents.schema.ts';
import { dureesSchema } from '../../src/modules/cellules/cellule/cellule.schema.ts';
import { buildRaisonSchema } from '../../src/modules/collecte/completude/raison.schema.ts';
import { rattachementSchema } from '../../src/modules/instances/rattachements/rattachements.schema.ts';
import { NOMS_DES_MOTS } from '../../src/modules/seances/preparation/cadre.ts';
import { buildCadreSchema, cadreSansDateSchema, pointModifieSchema, reponseSchema } from '../../src/modules/seances/preparation/seances.schema.ts';
import { buildCorrectionSchema, notesSchema, presenceSchema } from '../../src/modules/seances/tenue/tenue.schema.ts';
import { buildChargeSchema, lotSchema, suiteSchema } from '../../src/modules/decisions/decisions.schema.ts';
import { essais, petiteVille } from '../../src/modules/registres/registres.fixtures.ts';
import { buildCorrection, retraitSchema } from '../../src/modules/registres/registres.schema.ts';
import { conventionSchema } from '../../src/modules/conventions/conventions.schema.ts';
import { referentSchema } from '../../src/modules/annuaire/referents/referents.schema.ts';
import { pratiqueSchema, serviceSchema, structureSchema } from '../../src/modules/annuaire/structures/structures.schema.ts';
import { buildInscritSchema } from '../../src/modules/alertes/astreintes/astreintes.schema.ts';
import { correctionSchema } from '../../src/modules/secours/demarches/corrections.schema.ts';

const JOUR = '2026-11-28';
const reglementVide = { fonctions: [{ code: 'mairie', libelle: 'Mairie' }], communes: [] };
const MOTS = Object.fromEntries(NOMS_DES_MOTS.map((nom) => [nom, '']));
const catalogue = { acteurs: new Map([['PP', {}]]), territoires: new Map(), contient: () => false };

const LIEU = {
  adresse: '1 rue Haute',
  complement: 'B',
  code_postal: '75018',
  commune: 'Paris',
  telephone: '01 02 03 04 05',
  courriel: 'a@exemple.fr',
  site_web: 'https://exemple.fr',
  horaires: '24/7',
  venir: 'V',
  langues: ['fr'],
  accessibilite: ['lsf'],
};
/** Schemas of what changes something recorded, with something that they accept whole. */
const CHANGEMENTS: Readonly<Record<string, { schema: z.ZodType; complet: Readonly<Record<string, unknown>> }>> = {
  dureesSchema: { schema: dureesSchema, complet: { sansSuiteMois: '6', suiviMois: '24', apresSuiviMois: '12' } },
  changementSchema: { schema: changementSchema, complet: { etat: 'repondue', motif: 'M', reponse: 'R', repondue_le: JOUR } },
  saisieSchema: {
    schema: saisieSchema,
    complet: { texte: 'T', lien: 'https://a.exemple.fr/b', document_le: '2026-01-15', document_auteur: 'A', source: 'Comptage', commentaire: 'C' },
  },
  buildRelectureSchema: { schema: buildRelectureSchema(JOUR, '2027-01-28'), complet: { acte: 'prolonger', jusqu_a: '2026-12-12' } },
  publicationSchema: { schema: publicationSchema, complet: { suspects: ['a'], passages: 'b' } },
  texteSchema: { schema: texteSchema, complet: { version: '1', texte: 'T' } },
  membreModifieSchema: {
    schema: membreModifieSchema,
    complet: {
      qualite: 'membre',
      fonction: 'Commissaire',
      organisation: 'PP',
      nom: 'Ada',
      courriel: 'a@exemple.fr',
      suppleant_nom: 'Bo',
      suppleant_courriel: 'b@exemple.fr',
      referents: '',
      debut: '2026-01-01',
      fin: '2026-12-31',
    },
  },
  enteteSchema: {
    schema: enteteSchema,
    complet: { nom: 'Mairie', adresse: '1 place', telephone: '01', courriel: 'a@exemple.fr', lieu: 'Paris', logo_alt: 'Blason' },
  },
  reglagesSchema: {
    schema: reglagesSchema,
    complet: {
      nom: 'Conseil',
      nom_entier: 'Conseil local',
      objet: 'O',
      confidentialite: 'publique',
      cadence_mois: '6',
      vote: 'oui',
      lieu: 'Mairie',
      heure: '14:00',
      duree_minutes: '90',
    },
  },
  buildCadreSchema: {
    schema: buildCadreSchema(JOUR),
    complet: { titre: 'Séance', ...MOTS, visio: 'https://v.exemple.fr', duree_minutes: '90', jour: '2027-01-14', heure: '10:00' },
  },
  cadreSansDateSchema: { schema: cadreSansDateSchema, complet: { titre: 'Séance', ...MOTS, duree_minutes: '90' } },
  pointModifieSchema: { schema: pointModifieSchema, complet: { titre: 'Point', minutes: '20', rapporteur: 'R', expose: 'E', fiche: '1.6' } },
  'preparation/reponseSchema': { schema: reponseSchema, complet: { reponse: 'refuse', representant: 'R', mot: 'M' } },
  buildChargeSchema: {
    schema: buildChargeSchema(catalogue, 'mairie-18'),
    complet: { libelle: 'Poser', responsable: 'PP', responsable_nom: 'Ada', responsable_courriel: 'a@exemple.fr', echeance: '2027-01-01' },
  },
  lotSchema: { schema: lotSchema, complet: { acte: 'echeance', echeance: '2027-01-01' } },
  suiteSchema: { schema: suiteSchema, complet: { etat: 'fait', condition: 'C', preuve: 'P', preuve_lien: '/registres', motif: 'M' } },
  buildCorrectionSchema: {
    schema: buildCorrectionSchema(JOUR),
    complet: {
      nature: 'action',
      libelle: 'Poser',
      responsable: 'PP',
      responsable_nom: 'Ada',
      responsable_courriel: 'a@exemple.fr',
      echeance: '2027-01-01',
      engagement: '1.6',
    },
  },
  notesSchema: { schema: notesSchema, complet: { version: '1', texte: 'T' } },
  heuresSchema: { schema: heuresSchema, complet: { ouverte_jour: '2026-11-03', ouverte_heure: '09:00', levee_jour: '2026-11-03', levee_heure: '11:00' } },
  presenceSchema: { schema: presenceSchema, complet: { presence: 'represente', represente_par: 'Bo', nom: 'Al' } },
  buildCorrection: {
    schema: buildCorrection(essais, petiteVille),
    complet: {
      jour: '2026-03-14',
      fin: '2026-03-15',
      titre: 'Essai',
      territoire_id: '99101',
      adresse: 'Rue',
      lon: 2.3,
      lat: 48.8,
      organisation_id: 'POLICE',
      commentaire: 'C',
      fiches: ['1.1'],
      lignes: ['1.1-R1.1'],
      donnees: { theme: 'rixes', note: 'N' },
      version: 1,
      motif: 'recompté',
    },
  },
  rattachementSchema: { schema: rattachementSchema, complet: { parente: 'x', mission: 'M', debut: JOUR, fin: JOUR } },
  recurrentSchema: {
    schema: recurrentSchema,
    complet: { titre: 'Point', expose: 'E', minutes: '10', rapporteur: 'R', tous_les: '2', arrete: 'oui' },
  },
  problemeSchema: {
    schema: problemeSchema,
    complet: {
      titre: 'Problème',
      lieu: 'Ici',
      territoire: 'mairie-18',
      constat: 'Un constat écrit',
      reponse: 'R',
      organisation: 'PP',
      qui: 'Q',
      echeance: JOUR,
      critere: 'C',
    },
  },
  publicSchema: { schema: publicSchema, complet: { public_phrase: 'Le parvis est éclairé.' } },
  confidentialiteSchema: {
    schema: confidentialiteSchema,
    complet: { confidentialite: 'publique', motif: 'Séance ouverte au public', confirme: 'oui' },
  },
  buildRaisonSchema: { schema: buildRaisonSchema(JOUR), complet: { motif: 'Le logiciel change en mars.', attendu_le: JOUR } },
  pratiqueSchema: { schema: pratiqueSchema, complet: LIEU },
  structureSchema: {
    schema: structureSchema,
    complet: {
      ...LIEU,
      nom: 'Lieu',
      description: 'D',
      organisation: 'PP',
      parente: '',
      territoire: 'mairie-18',
      siret: '73282932000074',
      longitude: '2,35',
      latitude: '48,85',
      lieu_sur: 'oui',
      label: 'L',
      correspondant_nom: 'Ada',
      correspondant_courriel: 'a@exemple.fr',
    },
  },
  serviceSchema: {
    schema: serviceSchema,
    complet: {
      nom: 'Écoute',
      description: 'D',
      besoins: ['victime'],
      publics: ['jeunes'],
      publics_precisions: 'P',
      conditions: 'C',
      frais: 'gratuit',
      frais_precisions: 'F',
      modes_accueil: ['en-presentiel'],
      modes_mobilisation: ['telephoner'],
      mobilisation_precisions: 'M',
      lien_mobilisation: 'https://exemple.fr',
      sans_rdv: 'oui',
      anonyme: 'oui',
      retire: 'oui',
    },
  },
  referentSchema: {
    schema: referentSchema,
    complet: {
      role: 'nuit',
      organisation: 'PP',
      territoire: 'mairie-18',
      nom: 'Ada',
      fonction: 'F',
      courriel: 'a@exemple.fr',
      telephone: '3919',
      suppleant_nom: 'Bob',
      suppleant_courriel: 'b@exemple.fr',
      suppleant_telephone: '3919',
      debut: JOUR,
      fin: JOUR,
      absent_jusquau: JOUR,
    },
  },
  conventionSchema: {
    schema: conventionSchema,
    complet: {
      ...{ nature: 'arrete', titre: 'Un arrêté', reference: 'R', objet: 'O', porteur: 'PP', territoires: ['mairie-18'], systemes: ['CONV-47'] },
      ...{ lignes: '1.6-R1', effet: JOUR, fin: JOUR, preavis: '3', reconduction: '', revue: '6', lieu: 'L', interdits: 'I', jours: ['5'] },
      ...{ heure_de: '21:00', heure_a: '07:00', saison_de: '15/05', saison_a: '30/09', remplace: 'x' },
    },
  },
  correctionSchema: { schema: correctionSchema, complet: { etapes: 'Appelez votre médecin', reserve: '' } },
  buildInscritSchema: {
    schema: buildInscritSchema(reglementVide, { acteurs: new Map([['PP', {}]]), racine: { id: 'ville', nom: 'Ville' }, enfants: () => [] }),
    complet: {
      fonction: 'mairie',
      territoire: 'ville',
      organisation: 'PP',
      nom: 'Poste',
      courriel: 'a@exemple.fr',
      telephone: '01 02 03 04 05',
      voies: ['courriel'],
      rang: '1',
      permanent: 'oui',
    },
  },
  retraitSchema: { schema: retraitSchema, complet: { motif: 'saisi deux fois' } },
};

/** Schemas that create, sign in, filter, read files or parts of others: what is missing may be filled in. */
const AUTRES: readonly string[] = [
  'contratSchema pointsDInstanceSchema acteursSchema territoiresSchema glossaireSchema systemesSchema typesInstanceSchema ficheSchema grainSchema mesureSchema demonstrationSchema calculSchema listesSchema regleSchema qualiteSchema motsDuContratSchema',
  'signalements/profilSchema demo/profilsSchema',
  // An alert, its end, a duty: written once; the file of a contract.
  'buildAlerteSchema buildLeveeSchema creneauSchema reglementSchema',
  // A sign, a message, an instruction: written once; the files of a contract.
  'suivisSchema contributionSchema ecarterContributionSchema repondreContributionSchema documentDiffuseSchema listeSchema retraitDeDocumentSchema tensionSchema messageSchema messageDeCapSchema diffusionSchema veilleSchema relaisSchema consignesSchema',
  'connexionSchema codeSchema oubliSchema motDePasseSchema acceptationSchema personaSchema mandatSchema invitationSchema delegationSchema jetonSchema',
  'signature/verrouSchema exceptionSchema bilan/demandeSchema instance/demandeSchema buildDemandeSchema buildCreation extensionSchema limiteSchema cleSchema api/envoiSchema api/attenduesSchema',
  'buildNouvelleSeanceSchema preparation/nouveauPointSchema tenue/nouveauPointSchema documentSchema buildDecisionSchema buildCibleSchema buildNouvelleDecisionSchema',
  'creationSchema buildCampagneSchema repondantSchema nouveauMembreSchema buildDeclarationSchema inviteSchema voteSchema nouveauMandatSchema nouveauProblemeSchema nouveauRecurrentSchema remonteeSchema amendementSchema pieceSchema vagueSchema recitSchema abonnementSchema',
  // Said once: an answer, a line of history.
  'acces/avisSchema droits/demandeSchema droits/reponseSchema seances/seanceSchema remontees/reponseSchema suiviSchema',
  // Why something is closed, cancelled or set aside: one text, asked for.
  'annulationSchema classementSchema ecartSchema rectificationSchema instance/reponseSchema motifSchema',
  // Acts: a party, a signature, a text, a review, a promise, an end; what programs ask.
  'buildPartieSchema buildSignatureSchema buildCorrectionDeSignatureSchema contestationSchema annulationDeSignatureSchema buildRetraitSchema buildVersionSchema buildRevueSchema engagementSchema buildFaitSchema buildDenonciationSchema conventions/apiSchema',
  // Rows of a file that is brought in.
  'structureLueSchema serviceLuSchema',
  // The file of a contract.
  'enqueteSchema serieSchema charteSchema',
  // Rooms of crisis: opened, named, commanded, told; what changes has its own check of what was shown.
  'avisSchema ouvertureSchema acteurSchema commandementSchema correspondantSchema conseilSchema erreurSchema fil/noteSchema retourSchema',
  // Cells: entered, named, signed, left, noted; a phrase, parts of a key.
  // Crises: asked, moved on, said, counted, signed: each a new line or a state that names the one it leaves.
  'demandeDeMoyenSchema passageSchema stockSchema centreSchema etatDeCentreSchema etatDeServiceSchema rythmeSchema signatureSchema exerciceSchema horlogeSchema constatSchema retexSchema',
  'celluleSchema cellule/membreSchema exclusionSchema phraseSchema partsSchema saisineSchema informationSchema',
  'enqueteSchema secoursSchema traductionSchema guideSchema',
  'circuits/circuitSchema',
  // One value each.
  'lieuSchema heureSchema minutesSchema reponseDateSchema ageSchema',
].flatMap((l) => l.split(' '));

/** Kinds of schema that give a value which did not come in. */
const REMPLISSENT = new Set(['default', 'prefault', 'catch']);
function remplissages(s: z.ZodType, chemin: string, vus = new Set<unknown>()): string[] {
  if (vus.has(s)) return [];
  vus.add(s);
  const def = s.def as unknown as Record<string, unknown>;
  const fautes = REMPLISSENT.has(String(def.type)) ? [`${chemin} : ${String(def.type)}`] : [];
  for (const [cle, v] of Object.entries(def)) {
    const dessous = cle === 'shape' ? Object.entries(v as Record<string, unknown>) : [v].flat().map((x, i): [string, unknown] => [`${cle}${i}`, x]);
    for (const [nom, x] of dessous)
      if (typeof x === 'object' && x !== null && 'safeParse' in x)
        fautes.push(...remplissages(x as z.ZodType, cle === 'shape' ? `${chemin}.${nom}` : chemin, vus));
  }
  return fautes;
}

describe('Créer et changer ont chacun leur schéma', () => {
  test('chaque schéma est rangé : il change quelque chose, ou il dit ce qu’il fait d’autre', async () => {
    const racine = resolve(import.meta.dirname, '../../src/modules');
    const fichiers = readdirSync(racine, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.schema.ts') && !f.endsWith('filtres.schema.ts'));
    const noms: [string, string][] = [];
    for (const f of fichiers)
      for (const nom of Object.keys((await import(join(racine, f))) as object))
        if (/Schema$|^build/.test(nom)) noms.push([nom, `${f.split('/').at(-2)}/${nom}`]);
    expect(noms.length).toBeGreaterThan(60);
    const ranges = new Set([...Object.keys(CHANGEMENTS), ...AUTRES]);
    expect(noms.filter(([court, long]) => !ranges.has(court) && !ranges.has(long)).map(([, long]) => long)).toEqual([]);
    expect([...ranges].filter((r) => !noms.some(([court, long]) => court === r || long === r))).toEqual([]);
    expect(Object.keys(CHANGEMENTS).filter((r) => AUTRES.includes(r))).toEqual([]);
  });

  test('le contrôle voit une valeur de remplissage, où qu’elle soit', async () => {
    const { z: zod } = await import('zod');
    const cache = zod.object({ a: zod.union([zod.literal(''), zod.string().default('x')]).optional() }).refine(() => true);
    expect(remplissages(cache, 'cache')).toEqual(['cache.a : default']);
    expect(remplissages(zod.array(zod.object({ b: zod.number().catch(0) })), 'liste')).toEqual(['liste.b : catch']);
  });

  test.each(Object.entries(CHANGEMENTS))('%s : rien n’y remplit un champ qui n’arrive pas', (nom, { schema }) => {
    expect(remplissages(schema, nom)).toEqual([]);
  });

  test.each(Object.entries(CHANGEMENTS))('%s : ce qui n’est pas envoyé n’est pas dans ce qui est lu', (_nom, { schema, complet }) => {
    expect(schema.safeParse(complet).error?.issues ?? []).toEqual([]);
    const cles = Object.keys(complet);
    fc.assert(
      fc.property(fc.subarray(cles), (gardees) => {
        const lu = schema.safeParse(Object.fromEntries(gardees.map((k) => [k, complet[k]])));
        const valeurs = lu.success ? (lu.data as Record<string, unknown>) : {};
        expect(Object.keys(valeurs).filter((k) => valeurs[k] !== undefined && !gardees.includes(k))).toEqual([]);
      }),
    );
  });
});
