import { Button } from '../../../ui/Button.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { Details } from '../../../ui/Details.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { jourCourt, pluriel } from '../../../ui/typographie.ts';
import { erreurDe } from '../../../ui/types.ts';
import { CONFIDENTIALITES, EtatSeanceTag, laPlusFermee, type PageDInstance } from '../../instances/index.ts';
import type { Seance } from '../seances.queries.ts';

/** Sessions shown at once: members and requests stay within reach below. */
const RECENTES = 8;
type Props = PageDInstance & { seances: readonly Seance[] };

/** On the page of their body. */
export function SeancesDeLInstance(p: Props) {
  const { instance: i } = p;
  const anciennes = p.seances.slice(RECENTES);
  return (
    <Section titre="Séances" id="seances">
      <Liste {...p} legende="Séances, la plus récente d’abord" seances={p.seances.slice(0, RECENTES)} />
      {anciennes.length > 0 && (
        <Details resume={pluriel(anciennes.length, 'séance plus ancienne', 'séances plus anciennes')}>
          <Liste {...p} legende="Séances plus anciennes" seances={anciennes} />
        </Details>
      )}
      {p.tient && i.closeLe === null && (
        <Details resume="Déclarer une réunion déjà tenue" ouvert={p.erreurs.some((e) => e.champ === 'jour' || e.champ === 'presents')}>
          <p className="govuk-body">Elle compte pour les chiffres du contrat. Rien d’autre que le jour et le nombre de personnes n’est enregistré.</p>
          <Form action={`/instances/${i.id}/declarer`}>
            <DateInput nom="jour" libelle="Jour de la réunion" valeur={p.champs.jour ?? ''} max={p.aujourdhui} erreur={erreurDe(p.erreurs, 'jour')} />
            <TextInput
              nom="presents"
              libelle="Personnes présentes"
              largeur={4}
              inputMode="numeric"
              valeur={p.champs.presents ?? ''}
              erreur={erreurDe(p.erreurs, 'presents')}
            />
            <Button variante="secondaire">Déclarer la réunion</Button>
          </Form>
        </Details>
      )}
    </Section>
  );
}

function Liste({ legende, ...p }: Props & { legende: string }) {
  const { instance: i } = p;
  return (
    <Table
      legende={legende}
      legendeMasquee
      lignes={p.seances}
      cle={(s) => s.id}
      dense
      vide={
        <EmptyState
          titre="Aucune séance"
          actions={p.tient && i.confidentialite !== 'nommee' ? [{ libelle: 'Préparer une séance', href: `/instances/${i.id}/seances/nouvelle` }] : []}
        >
          {p.lit ? 'Cette instance ne s’est pas encore réunie.' : 'Aucune séance annoncée ni tenue.'}
        </EmptyState>
      }
      colonnes={[
        {
          cle: 'jour',
          titre: 'Date',
          entete: true,
          cellule: (s) => {
            const date = s.jour ? jourCourt(s.jour) : 'date à choisir';
            return p.lit && s.etat !== 'declaree' ? (
              <a className="govuk-link" href={`/seances/${s.id}`}>
                {date}
              </a>
            ) : (
              date
            );
          },
        },
        { cle: 'titre', titre: 'Séance', cellule: (s) => s.titre },
        { cle: 'etat', titre: 'État', cellule: (s) => <EtatSeanceTag etat={s.etat} /> },
        { cle: 'presents', titre: 'Présents', numerique: true, cellule: (s) => s.presents ?? '' },
        ...(p.gere
          ? [
              {
                cle: 'confidentialite',
                titre: 'Vue de',
                cellule: (s: Seance) =>
                  s.partieDe !== null ? (
                    'membres nommés'
                  ) : (
                    <a className="govuk-link" href={`/seances/${s.id}/confidentialite`}>
                      {CONFIDENTIALITES[laPlusFermee(i.confidentialite, s.confidentialite)].libelle}
                    </a>
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}
