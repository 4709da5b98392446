/** The thread of a room: a note to write, each note sent, and what each mairie did with it. */
import { Button } from '../../../../ui/Button.tsx';
import { Checkboxes } from '../../../../ui/Choices.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag, type Ton } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import { jourEtHeure, pluriel } from '../../../../ui/typographie.ts';
import { libelleDeFonction } from '../../../alertes/index.ts';
import { ConfirmerNoms } from '../../conduite/CadreDeConduite.tsx';
import { champ, type Champs, type Salle } from '../../conduite/salle.ts';
import { versEntree } from '../../pages/Entrees.tsx';
import type { Note, NoteDeMairie } from '../fil.queries.ts';
import type { EtatDeMairie, SuiviDeMairie } from '../fil.rules.ts';
import type { Fil } from '../prevenir.ts';

type Suivie = SuiviDeMairie & { mairie: NoteDeMairie };
interface Props {
  salle: Salle;
  fil: Fil;
  origines: readonly { code: string; libelle: string }[];
  notes: readonly Note[];
  suivis: readonly Suivie[];
  /** Mairies of the room. */
  toutes: readonly string[];
  cochees: readonly string[];
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
}
const ETATS: Readonly<Record<EtatDeMairie, { libelle: string; ton: Ton }>> = {
  accusee: { libelle: 'vue', ton: 'vert' },
  attendue: { libelle: 'attendue', ton: 'bleu' },
  'a-partir': { libelle: 'pas encore partie', ton: 'laiton' },
  muette: { libelle: 'silence', ton: 'garance' },
  'sans-suite': { libelle: 'silence, personne après', ton: 'garance' },
  'sans-personne': { libelle: 'personne sur sa liste', ton: 'garance' },
  close: { libelle: 'sans réponse à la clôture', ton: 'neutre' },
};

export function FilPage(p: Props) {
  const { salle: k, notes } = p;
  return (
    <>
      {k.conduit && !k.fini && <Ecrire {...p} />}
      {notes.length === 0 && <p className="govuk-body">Aucune note envoyée.</p>}
      {notes.map((n) => (
        <UneNote key={n.numero} {...p} note={n} suivis={p.suivis.filter((s) => s.mairie.note === n.numero)} />
      ))}
    </>
  );
}

function Ecrire({ salle: k, fil, origines, notes, toutes, cochees, champs, erreurs }: Props) {
  const f = champ(champs, erreurs);
  const nom = (t: string) => k.cat.territoires.get(t)?.nom ?? t;
  return (
    <Form action={`/crises/${k.crise.id}/fil`}>
      <Textarea
        {...f('texte')}
        libelle="Note d’information"
        aide="Ce que la mairie doit savoir maintenant. Sans nom de personne. Envoyée, elle ne change plus."
        lignes={4}
        max={1200}
      />
      <Select {...f('origine')} libelle="D’où vient l’information" vide="Choisissez" options={origines.map((o) => ({ valeur: o.code, libelle: o.libelle }))} />
      {notes.length > 0 && (
        <Select
          {...f('corrige')}
          libelle="Corrige une note"
          facultatif
          aide="Une correction va au moins aux mairies qui ont reçu la note."
          vide="Non, c’est une nouvelle information"
          options={notes.map((n) => ({ valeur: String(n.numero), libelle: `Note n° ${n.numero}, ${jourEtHeure(n.envoyeeLe)}` }))}
        />
      )}
      {toutes.length > 1 ? (
        <Checkboxes
          nom="mairies"
          legende="Mairies"
          petit
          valeurs={cochees}
          erreur={f('mairies').erreur}
          options={toutes.map((t) => ({ valeur: t, libelle: nom(t) }))}
        />
      ) : (
        <p className="govuk-body">Pour {toutes.map(nom).join(', ') || 'aucune mairie'}.</p>
      )}
      <ConfirmerNoms erreurs={erreurs} />
      <p className="govuk-body">
        Chaque mairie a {pluriel(fil.minutes, 'minute')} pour accuser réception. Silencieuse, la personne suivante de sa liste est écrite.
      </p>
      <Button>Envoyer la note</Button>
    </Form>
  );
}

function UneNote({ salle: k, fil, note: n, suivis }: Omit<Props, 'suivis'> & { note: Note; suivis: readonly Suivie[] }) {
  const vues = suivis.filter((s) => s.etat === 'accusee').length;
  return (
    <Section titre={`Note n° ${n.numero}, le ${jourEtHeure(n.envoyeeLe)}`} id={`n-${n.numero}`}>
      <InsetText>
        <p className="c-texte-brut">{n.contenu ?? 'Ses mots ont été effacés à la fin de leur conservation.'}</p>
      </InsetText>
      <p className="govuk-body">
        {n.corrigeePar && (
          <>
            <a className="govuk-link" href={`#n-${n.corrigeePar}`}>
              La note n° {n.corrigeePar} la corrige
            </a>
            .{' '}
          </>
        )}
        <a className="govuk-link" href={versEntree(k.crise.id, n.entree)}>
          Entrée n° {n.entree} de la main courante
        </a>
        . Vue par {vues} sur {pluriel(suivis.length, 'mairie')}.
        {k.conduit && !k.fini && (
          <>
            {' '}
            <a className="govuk-link" href={`/crises/${k.crise.id}/fil?corrige=${n.numero}`}>
              Corriger<span className="govuk-visually-hidden"> la note n° {n.numero}</span>
            </a>
          </>
        )}
      </p>
      <Table
        legende={`Accusés de la note n° ${n.numero}`}
        legendeMasquee
        dense
        lignes={suivis}
        cle={(s) => s.mairie.id}
        colonnes={[
          {
            cle: 'mairie',
            titre: 'Mairie',
            entete: true,
            cellule: (s) => (
              <a className="govuk-link" href={`/crises/notes/${s.mairie.id}`}>
                {k.cat.territoires.get(s.mairie.territoireId)?.nom ?? s.mairie.territoireId}
              </a>
            ),
          },
          { cle: 'etat', titre: 'État', cellule: (s) => <Tag ton={ETATS[s.etat].ton}>{ETATS[s.etat].libelle}</Tag> },
          {
            cle: 'prise',
            titre: 'Prise par le serveur de courrier',
            cellule: (s) =>
              [s.priseLe ? jourEtHeure(s.priseLe) : 'non', s.refus > 0 ? pluriel(s.refus, 'adresse refusée', 'adresses refusées') : '']
                .filter(Boolean)
                .join(', '),
          },
          {
            cle: 'vue',
            titre: 'Vue',
            cellule: (s) =>
              s.mairie.accuseLe
                ? `${jourEtHeure(s.mairie.accuseLe)}, ${s.mairie.accuseFonction ? libelleDeFonction(fil.reglement, s.mairie.accuseFonction) : 'par un compte de la mairie'}`
                : 'non',
          },
          {
            cle: 'silence',
            titre: 'Silence depuis',
            cellule: (s) =>
              [s.muetteDepuis ? jourEtHeure(s.muetteDepuis) : '', s.relais > 0 ? pluriel(s.relais, 'relais demandé', 'relais demandés') : '']
                .filter(Boolean)
                .join(', ') || '–',
          },
          {
            cle: 'retour',
            titre: 'Retour',
            cellule: (s) =>
              s.mairie.retour ? (
                <a className="govuk-link" href={versEntree(k.crise.id, s.mairie.retour)}>
                  {s.mairie.reponse ?? `entrée n° ${s.mairie.retour}`}
                </a>
              ) : (
                '–'
              ),
          },
        ]}
      />
    </Section>
  );
}
