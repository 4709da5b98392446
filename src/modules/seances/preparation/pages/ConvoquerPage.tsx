import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { Checkbox } from '../../../../ui/Choices.tsx';
import { Fieldset } from '../../../../ui/Fieldset.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { WarningText } from '../../../../ui/WarningText.tsx';
import { pluriel } from '../../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Instance } from '../../../instances/index.ts';
import type { Participant, Seance } from '../../seances.queries.ts';
import { EnteteSeance } from '../../pages/EnteteSeance.tsx';
import { SignesSansDessin } from '../../pages/SignesSansDessin.tsx';
import type { SigneSansDessin } from '../../releve/impression.ts';
import { SansAdresse } from '../../pages/PorteeDite.tsx';
import { compter, direPersonne, direPortee, porteeDe } from '../../portee.rules.ts';
import { adressesDe, type Envoi, texteConvocation } from '../convocation.rules.ts';

interface Commun {
  seance: Seance;
  instance: Instance;
  catalogue: Catalogue;
  tient: boolean;
  erreurs: readonly ErreurDeChamp[];
}

/** What will leave, to whom, and who cannot be reached: read before sending. */
export function ConvoquerPage(p: Commun & { envoi: Envoi; lieu?: string; signes: readonly SigneSansDessin[] }) {
  const { seance: s } = p;
  const portee = porteeDe(p.envoi.participants);
  const muets = portee.sansAdresse.length + portee.vacants.length;
  const ici = `/seances/${s.id}/convoquer`;
  const lettre = texteConvocation(p.envoi, s.etat === 'convoquee' ? 'modifiee' : 'convocation', 'le lien personnel de chacun');
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <EnteteSeance seance={s} instance={p.instance} catalogue={p.catalogue} ici="preparer" tient={p.tient} />
      <Section titre={s.etat === 'convoquee' ? 'Renvoyer la convocation' : 'Convoquer'}>
        <p className="govuk-body">
          {portee.joints.length === 0 ? (
            'Aucun membre n’est joint par courriel : la séance sera convoquée, à vous de prévenir chacun.'
          ) : (
            <>
              Ce message sera envoyé <strong>{direPortee(compter(portee))}</strong>, avec une invitation pour leur agenda.
            </>
          )}{' '}
          Les fiches des points sont arrêtées à cet instant.
        </p>
        {muets > 0 && (
          <>
            <WarningText>
              {pluriel(muets, 'siège ne recevra', 'sièges ne recevront')} rien. Désignez qui siège, ajoutez les adresses, ou remettez la convocation imprimée.
            </WarningText>
            <SansAdresse portee={portee} instanceId={p.instance.id} retour={ici} lettres={s.jour ? `/seances/${s.id}/convocation.pdf` : null} />
          </>
        )}
        <InsetText>
          <strong>{lettre.sujet}</strong>
          <div className="c-lettre">{lettre.texte}</div>
        </InsetText>
      </Section>
      {portee.joints.length > 0 && (
        <Section titre="Destinataires">
          <Table
            legende="Destinataires"
            legendeMasquee
            dense
            lignes={portee.joints}
            cle={(x: Participant) => x.id}
            colonnes={[
              { cle: 'fonction', titre: 'Fonction', entete: true, cellule: (x) => x.fonction },
              { cle: 'nom', titre: 'Personne', cellule: direPersonne },
              {
                cle: 'adresse',
                titre: 'Adresse',
                cellule: (x) =>
                  adressesDe(x)
                    .map((a) => a.courriel)
                    .join(', '),
              },
            ]}
          />
        </Section>
      )}
      <SignesSansDessin signes={p.signes} />
      <Form action={`/seances/${s.id}/convoquer`}>
        {s.lieu === '' && s.visio === '' && (
          <Fieldset legende="Où se tient la séance ?">
            <TextInput nom="lieu" libelle="Lieu" valeur={p.lieu ?? ''} erreur={erreurDe(p.erreurs, 'lieu')} />
            <Checkbox nom="sans_lieu" libelle="Convoquer sans lieu : la lettre dira qu’il est à préciser" />
          </Fieldset>
        )}
        <ActionBar>
          <Button>{portee.joints.length === 0 ? 'Convoquer sans envoi' : s.etat === 'convoquee' ? 'Renvoyer la convocation' : 'Envoyer la convocation'}</Button>
          <a className="govuk-link" href={`/seances/${s.id}/preparer`}>
            Revenir à la préparation
          </a>
        </ActionBar>
      </Form>
    </>
  );
}

export function AnnulerPage(p: Commun & { motif: string; sondes: boolean }) {
  const { seance: s } = p;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <EnteteSeance seance={s} instance={p.instance} catalogue={p.catalogue} ici="preparer" tient={p.tient} />
      <Section titre="Annuler la séance">
        <p className="govuk-body">
          {s.convoqueeLe
            ? 'Les membres convoqués sont prévenus, et la séance disparaît de leur agenda.'
            : p.sondes
              ? 'Les membres à qui des dates ont été proposées sont prévenus.'
              : 'Personne n’a été convoqué : aucun message ne part.'}{' '}
          Pour changer de date, déplacez plutôt la séance.
        </p>
        <Form action={`/seances/${s.id}/annuler`}>
          <Textarea nom="motif" libelle="Pourquoi" valeur={p.motif} erreur={erreurDe(p.erreurs, 'motif')} lignes={3} max={1000} />
          <ActionBar>
            <Button variante="danger">Annuler la séance</Button>
            <a className="govuk-link" href={`/seances/${s.id}`}>
              Ne pas annuler
            </a>
          </ActionBar>
        </Form>
      </Section>
    </>
  );
}
