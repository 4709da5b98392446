import { Button } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { capitale, jourEtHeure } from '../../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { PAR_LIEN } from '../../paroles/lien.rules.ts';
import { direVoix } from '../../releve/qualites.rules.ts';
import type { Participant, Seance } from '../../seances.queries.ts';
import { contestationAReprendre, direPresence, type MotDePresence, type mesLignes } from '../presences.rules.ts';
import { avantDe } from '../tenue.rules.ts';

type MaLigne = ReturnType<typeof mesLignes>[number];
export interface PresencesDitesProps {
  seance: Seance;
  catalogue: Catalogue;
  participants: readonly Participant[];
  dits: readonly MotDePresence[];
  /** The same, for the members of the session and who keeps it; null for other readers. */
  mots: readonly MotDePresence[] | null;
  /** Address and name of who reads, and the lines of which they speak. */
  moi: string;
  moiNom: string;
  miennes: readonly MaLigne[];
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}

/** What this reader may contest of their own line, then who noted what of everybody. */
export function PresencesDites(p: PresencesDitesProps) {
  const mots = p.mots ?? [];
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      {p.miennes.map((x) => (
        <Mienne key={x.participant.id} {...p} {...x} />
      ))}
      {mots.length > 0 && (
        <Details resume="Qui a noté les présences">
          <Table
            legende="Présences notées, corrigées, contestées"
            legendeMasquee
            dense
            lignes={[...mots].sort((a, b) => b.quand.getTime() - a.quand.getTime())}
            cle={(m) => `${m.participantId}-${m.rang}`}
            colonnes={[
              { cle: 'quand', titre: 'Quand', cellule: (m) => jourEtHeure(m.quand) },
              {
                cle: 'de',
                titre: 'De qui',
                entete: true,
                cellule: (m) => m.nom || m.avantNom || (p.participants.find((x) => x.id === m.participantId)?.fonction ?? ''),
              },
              { cle: 'quoi', titre: 'Quoi', cellule: direMot },
              { cle: 'par', titre: 'Par', cellule: (m) => direQui(m, p.catalogue) },
            ]}
          />
        </Details>
      )}
    </>
  );
}
const direQui = (m: MotDePresence, catalogue: Catalogue): string =>
  m.ecartee === null
    ? `${m.parLien ? `${capitale(PAR_LIEN)} de ` : ''}${[m.par, m.organisationId && !m.parLien ? catalogue.nomActeur(m.organisationId) : ''].filter(Boolean).join(', ')}${direVoix(m)}`
    : 'Une adresse qui n’était pas la sienne';
function direMot(m: MotDePresence): string {
  if (m.acte === 'contestee') return `« ${direPresence(m)} » contesté : « ${m.motif} »`;
  if (m.acte === 'classee') return `contestation classée : « ${m.motif} »`;
  if (m.acte === 'reprise') return 'ne conteste plus';
  const nom = m.nom === m.avantNom ? '' : m.nom ? ` (${m.nom})` : ' (siège vacant)';
  return `de « ${direPresence({ presence: m.avantPresence, representePar: m.avantPar })} » à « ${direPresence(m)} »${nom}`;
}

function Mienne(p: PresencesDitesProps & MaLigne) {
  const { participant: x, voix } = p;
  const mienne = contestationAReprendre(x, p.dits, { ...voix, adresse: p.moi, par: p.moiNom, parLien: false });
  const url = `/seances/${p.seance.id}/presences/contester`;
  const masques = { participant: x.id, vu: avantDe(x) };
  const qui = voix.voie === 'titulaire' && !voix.depuis ? 'Vous êtes noté' : `${x.nom || x.fonction} est noté`;
  if (mienne)
    return (
      <Form action={url} masques={{ ...masques, acte: 'reprendre' }}>
        <p className="govuk-body">
          {qui} « {direPresence(x)} » : vous le contestez, « {mienne.motif} ». Le compte rendu le dit.
        </p>
        <Button variante="secondaire" petit>
          Ne plus contester
        </Button>
      </Form>
    );
  return (
    <Details resume={`${qui} « ${direPresence(x)} » : contester`} ouvert={p.champs.participant === x.id}>
      <Form action={url} masques={{ ...masques, acte: 'contester' }}>
        <TextInput
          nom="contestation"
          id={`contestation-${x.id}`}
          libelle="Pourquoi ce n’est pas exact"
          aide="Le compte rendu le dira, et le secrétariat le saura."
          valeur={p.champs.participant === x.id ? (p.champs.contestation ?? '') : ''}
          erreur={p.champs.participant === x.id ? erreurDe(p.erreurs, 'contestation') : undefined}
        />
        <Button variante="secondaire">Contester</Button>
      </Form>
    </Details>
  );
}
