import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { jour, jourDuMoment } from '../../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { type Decision, numeroEcrit } from '../../../decisions/index.ts';
import type { Instance } from '../../instances.types.ts';
import type { Bout, RemonteeChargee } from '../remontees.contexte.ts';
import { attendUneReponse, ETATS_REMONTEE, NATURES_REMONTEE } from '../remontees.rules.ts';

interface Saisie {
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}
const champsDe = (p: Saisie) => (nom: string) => ({ nom, valeur: p.champs[nom] ?? '', erreur: erreurDe(p.erreurs, nom) });

export function NouvelleRemonteePage(p: Saisie & { instance: Instance; choix: readonly { id: string; nom: string; dessus: boolean }[] }) {
  const champ = champsDe(p);
  const base = `/instances/${p.instance.id}`;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre="Transmettre à une autre instance"
        surtitre={p.instance.nom}
        chapo="Ce que vous écrivez est lu par les membres de l’autre instance. Elle l’inscrit à son ordre du jour, ou y répond ; la réponse revient ici."
      />
      <Form action={`${base}/remontees/nouvelle`} masques={{ seance: p.champs.seance ?? '' }}>
        <Select
          {...champ('vers')}
          libelle="À quelle instance"
          vide="choisir"
          options={p.choix.map((x) => ({ valeur: x.id, libelle: x.nom, groupe: x.dessus ? 'Dont elle dépend' : 'Les autres' }))}
        />
        <Radios
          {...champ('nature')}
          legende="Ce que vous transmettez"
          enLigne
          petit
          options={Object.entries(NATURES_REMONTEE).map(([valeur, libelle]) => ({ valeur, libelle }))}
        />
        <TextInput {...champ('titre')} libelle="L’objet" aide="En une phrase : c’est le titre du point proposé à son ordre du jour." />
        <Textarea {...champ('expose')} libelle="Ce qu’il faut savoir" lignes={5} max={4000} facultatif />
        <ActionBar>
          <Button>Transmettre</Button>
          <a className="govuk-link" href={base}>
            Annuler
          </a>
        </ActionBar>
      </Form>
    </>
  );
}

function NomDe({ bout }: { bout: Bout | null }) {
  return bout ? (
    <a className="govuk-link" href={`/instances/${bout.instance.id}`}>
      {bout.instance.nom}
    </a>
  ) : (
    <>une instance restreinte</>
  );
}

export function RemonteePage(p: RemonteeChargee & Saisie & { decisions: readonly Decision[] }) {
  const { remontee: r, de, vers } = p;
  const attend = attendUneReponse(r.etat);
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader titre={r.titre} surtitre={NATURES_REMONTEE[r.nature]} chapo={r.expose} etiquette={<Tag>{ETATS_REMONTEE[r.etat]}</Tag>} />
      <SummaryList
        lignes={[
          { cle: 'Transmis par', valeur: <NomDe bout={de} /> },
          { cle: 'À', valeur: <NomDe bout={vers} /> },
          { cle: 'Le', valeur: jourDuMoment(r.creeLe) },
          ...(r.seanceId && de?.lit
            ? [
                {
                  cle: 'Issu de',
                  valeur: (
                    <a className="govuk-link" href={`/seances/${r.seanceId}`}>
                      la séance
                    </a>
                  ),
                },
              ]
            : []),
          ...(r.etat === 'inscrite'
            ? [
                {
                  cle: 'Examen',
                  valeur:
                    vers?.lit && r.inscriteSeanceId ? (
                      <a className="govuk-link" href={`/seances/${r.inscriteSeanceId}`}>
                        {r.inscriteJour ? `séance du ${jour(r.inscriteJour)}` : 'à l’ordre du jour d’une séance'}
                      </a>
                    ) : r.inscriteJour ? (
                      `à la séance du ${jour(r.inscriteJour)}`
                    ) : (
                      'à l’ordre du jour d’une séance'
                    ),
                },
              ]
            : []),
          ...(r.reponduLe
            ? [
                { cle: 'Réponse', valeur: <span className="c-paragraphes">{r.reponse}</span> },
                { cle: 'Répondu le', valeur: vers?.lit ? `${jourDuMoment(r.reponduLe)}, par ${r.reponduPar}` : jourDuMoment(r.reponduLe) },
              ]
            : []),
          ...(r.decisionId && vers?.lit
            ? [
                {
                  cle: 'Décision prise',
                  valeur: (
                    <a className="govuk-link" href={`/decisions/${r.decisionId}`}>
                      la lire et la suivre
                    </a>
                  ),
                },
              ]
            : []),
        ]}
      />
      {attend && vers?.parle && <Repondre {...p} />}
      {attend && de?.parle && (
        <Details resume="Retirer cette transmission">
          <Form action={`/remontees/${r.id}/retirer`}>
            <p className="govuk-body">L’autre instance n’aura plus à y répondre. Ce qui est écrit reste lisible ici.</p>
            <Button variante="danger">Retirer</Button>
          </Form>
        </Details>
      )}
    </>
  );
}

function Repondre(p: RemonteeChargee & Saisie & { decisions: readonly Decision[] }) {
  const champ = champsDe(p);
  return (
    <Section titre="Répondre" id="repondre">
      <p className="govuk-body">
        Pour l’examiner d’abord en séance, ajoutez-la à l’ordre du jour : elle y est proposée. La réponse que vous écrivez est envoyée à l’instance qui a
        transmis.
      </p>
      <Form action={`/remontees/${p.remontee.id}/repondre`}>
        <Radios
          {...champ('issue')}
          legende="Ce qui est répondu"
          enLigne
          petit
          options={[
            { valeur: 'decidee', libelle: 'C’est décidé' },
            { valeur: 'refusee', libelle: 'C’est refusé' },
          ]}
        />
        <Textarea {...champ('reponse')} libelle="La réponse" aide="Si c’est refusé, dites pourquoi." lignes={4} max={2000} />
        {p.decisions.length > 0 && (
          <Select
            {...champ('decision')}
            libelle="La décision prise"
            vide="aucune"
            facultatif
            options={p.decisions.map((d) => ({ valeur: d.id, libelle: `${numeroEcrit(d)} ${d.libelle}` }))}
          />
        )}
        <Button>Répondre</Button>
      </Form>
    </Section>
  );
}
