/** Builders for tests: a session with a bit of everything, and a letter. */
import type { ConvocationContenu } from './convocation.modele.ts';
import type { DecisionEcrite, DossierDePoint, ParticipantEcrit, PointEcrit, ReleveContenu } from './releve.modele.ts';

export const decisionEcrite = (o: Partial<DecisionEcrite> = {}): DecisionEcrite => ({
  numero: 'D1',
  nature: 'decision',
  libelle: 'Renforcer l’éclairage du square',
  responsable: 'Claire Durand, Ville de Valbourg',
  organisation: 'Ville de Valbourg',
  echeance: '2027-01-31',
  fiche: '1.6',
  ligne: '1.6-R2.5',
  ...o,
});

export const participantEcrit = (o: Partial<ParticipantEcrit> = {}): ParticipantEcrit => ({
  qualite: 'membre',
  fonction: 'Directrice de la prévention',
  organisation: 'Ville de Valbourg',
  nom: 'Claire Durand',
  presence: 'present',
  representePar: '',
  ...o,
});

export const dossierEcrit = (o: Partial<DossierDePoint> = {}): DossierDePoint => ({
  arreteLe: '2026-11-20',
  faits: ['Valbourg, 1er semestre 2026 : 128 interventions, contre 112 au 1er semestre 2025.'],
  chiffres: [
    { id: '1.6-01', libelle: 'Interventions', valeur: '128 interventions', avant: '112 interventions', evolution: '+14 %', href: '/chiffres/1.6-01' },
    {
      id: '1.6-02',
      libelle: 'Élèves rencontrés',
      valeur: 'manquant, attendu de Rectorat depuis le 31 janvier 2026',
      avant: 'secret',
      evolution: '',
      href: '/chiffres/1.6-02',
    },
    { id: '1.6-03', libelle: 'Classes ouvertes', valeur: '0 classe', avant: 'sans objet', evolution: '', href: '/chiffres/1.6-03' },
  ],
  lieux: [
    { nom: 'Centre', valeur: 64, avant: 50 },
    { nom: 'Rives', valeur: 12, avant: null },
  ],
  enregistrements: [{ libelle: 'Maraude du quai', jour: '2026-10-02', href: '/registres/maraudes/1' }],
  source: { libelle: 'Fiche 1.6', href: '/fiches/1.6' },
  ...o,
});

export const pointEcrit = (o: Partial<PointEcrit> = {}): PointEcrit => ({
  rang: 1,
  titre: 'Éclairage du square',
  genre: 'libre',
  fiche: '1.6',
  rapporteur: 'Directrice de la prévention',
  dossier: null,
  notes: 'La situation est connue depuis l’été.\n\n- Deux lampadaires sont éteints\n- Le square ferme à 20 h',
  etat: 'traite',
  decisions: [],
  votes: [],
  ...o,
});

export const releveContenu = (o: Partial<ReleveContenu> = {}): ReleveContenu => ({
  contrat: { titre: 'Contrat de prévention et de sécurité de Valbourg 2025-2028', sigle: 'CPSV' },
  instance: { nom: 'Conseil local de sécurité', territoire: 'Valbourg', confidentialite: 'partenaires' },
  seance: { titre: 'Séance plénière d’hiver', jour: '2026-12-15', debut: '10:00', fin: '12:00', lieu: 'Hôtel de Ville, salle des mariages' },
  numero: 'CLS/2026/3',
  rectificatif: 0,
  motif: '',
  participants: [
    participantEcrit({ qualite: 'president', fonction: 'Maire de Valbourg', nom: 'Anne Lemoine' }),
    participantEcrit({
      qualite: 'president',
      fonction: 'Préfète',
      organisation: 'Préfecture',
      nom: 'Louise Garnier',
      presence: 'represente',
      representePar: 'Hugo Petit',
    }),
    participantEcrit({ qualite: 'secretaire' }),
    participantEcrit({ fonction: 'Rectrice', organisation: 'Rectorat', nom: '', presence: 'excuse' }),
    participantEcrit({ fonction: 'Bailleur social', organisation: 'Valbourg Habitat', nom: 'Paul Royer', presence: 'absent' }),
  ],
  points: [pointEcrit({ decisions: [decisionEcrite()] })],
  decisions: [],
  approbations: [{ fonction: 'Maire de Valbourg', par: 'Anne Lemoine', piece: 'courrier du 4 janvier', quand: '2027-01-04T09:30:00Z' }],
  prochaine: '2027-03-16',
  demonstration: true,
  ...o,
});

/** What people type and what breaks documents. */
export const SIGNES = '#*_$@\\<> `raw` = titre / [lien](x) "mot" & <script>alert(1)</script> #panic() 👍🏽 東京 \u0007';

/** Ten items, votes, one deferred, very long notes, decisions for several pages. */
export function releveRiche(): ReleveContenu {
  const points = Array.from({ length: 10 }, (_, i): PointEcrit => {
    const rang = i + 1;
    return pointEcrit({
      rang,
      titre: `Point numéro ${rang} : tranquillité des abords`,
      genre: rang === 1 ? 'ouverture' : rang === 2 ? 'chiffre' : 'libre',
      dossier: rang % 3 === 2 ? dossierEcrit() : null,
      notes:
        rang === 3
          ? Array.from({ length: 200 }, (_, n) =>
              n % 5 === 4 ? '' : n % 5 === 3 ? `- puce ${n}` : `Ligne ${n} : ${n === 0 ? SIGNES : 'les partenaires disent ce qu’ils ont vu.'}`,
            ).join('\n')
          : rang === 4
            ? `https://exemple.test/${'a'.repeat(300)}`
            : 'Les partenaires disent ce qu’ils ont vu.\nIls en conviennent.\n\n- premier constat\n- second constat',
      etat: rang === 9 ? 'reporte' : 'traite',
      decisions:
        rang === 9
          ? []
          : Array.from({ length: 6 }, (_, n) =>
              decisionEcrite({
                numero: `${n % 2 === 0 ? 'D' : 'A'}${rang * 10 + n}`,
                nature: n % 2 === 0 ? 'decision' : 'action',
                libelle: n === 5 ? `${SIGNES} ${rang}` : `Mesure ${rang}.${n} : tenir une permanence chaque semaine, à l’heure de sortie`,
                echeance: n === 0 ? null : '2027-02-28',
                fiche: n === 4 ? null : '1.6',
                ligne: n === 4 ? null : '1.6-R2.5',
              }),
            ),
      votes: rang === 5 ? [{ objet: 'Fermer le square la nuit', pour: 12, contre: 3, abstention: 1, resultat: 'adopté' }] : [],
    });
  });
  return releveContenu({
    points,
    decisions: Array.from({ length: 6 }, (_, n) =>
      decisionEcrite({ numero: `A${200 + n}`, nature: 'action', libelle: `Hors point ${n} : prévenir les habitants` }),
    ),
  });
}

export const convocationContenu = (o: Partial<ConvocationContenu> = {}): ConvocationContenu => ({
  contrat: { titre: 'Contrat de prévention et de sécurité de Valbourg 2025-2028', sigle: 'CPSV' },
  instance: { nom: 'Conseil local de sécurité', territoire: 'Valbourg' },
  destinataire: { nom: 'Claire Durand', fonction: 'Directrice de la prévention', organisation: 'Ville de Valbourg' },
  seance: { titre: 'Séance plénière d’hiver', jour: '2026-12-15', debut: '10:00', fin: '12:00', lieu: 'Hôtel de Ville, salle des mariages', visio: '' },
  mot: 'Cette séance prépare le bilan de l’année.\n\n- Merci d’apporter vos chiffres',
  points: [
    { titre: 'Ouverture', minutes: 10, rapporteur: 'Maire de Valbourg', fiche: null },
    { titre: 'Éclairage du square', minutes: 65, rapporteur: '', fiche: '1.6' },
  ],
  documents: ['Bilan provisoire'],
  lien: 'https://concorde.test/invitation/abc',
  signataire: { nom: 'Anne Lemoine', fonction: 'Maire de Valbourg' },
  faitLe: '2026-11-24',
  demonstration: true,
  ...o,
});
